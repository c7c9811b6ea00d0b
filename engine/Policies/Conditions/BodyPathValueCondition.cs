using System.Text.Json;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>body_path_equals</c> and <c>body_path_in</c>. Strings are compared exactly, case included; numbers by value, also where the body has them as strings.</summary>
public sealed record BodyPathValueCondition : BodyPathCondition
{
    readonly Scalar[] values;

    internal BodyPathValueCondition(string key, JsonPath path, Scalar[] values) : base(key, path) => this.values = values;

    internal override Truth Test(JsonTree tree, int node)
    {
        foreach (var value in values)
            if (value.Is(tree, node))
                return Truth.True;
        return Truth.False;
    }

    internal override void WriteValue(Utf8JsonWriter json)
    {
        if (Key == "body_path_equals")
        {
            json.WritePropertyName("value");
            values[0].WriteTo(json);
            return;
        }
        json.WriteStartArray("values");
        foreach (var value in values)
            value.WriteTo(json);
        json.WriteEndArray();
    }
}

/// <summary>A value of a policy document that is no object or list.</summary>
readonly record struct Scalar(JsonKind Kind, string Text, Amount Amount)
{
    public bool Is(JsonTree tree, int node)
    {
        var kind = tree.Nodes[node].Kind;
        if (Kind is JsonKind.Number)
            return kind == JsonKind.Number && Amount.TryReadNumber(tree.Value(node), out var number) && number.Equals(Amount)
                || kind == JsonKind.String && Amount.TryReadText(tree.Value(node), out number) && number.Equals(Amount);
        if (Kind is JsonKind.String)
            return kind is JsonKind.String or JsonKind.Number && tree.Value(node).SequenceEqual(Text);
        return kind == Kind;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        switch (Kind)
        {
            case JsonKind.String: json.WriteStringValue(Text); break;
            case JsonKind.Number: Amount.WriteTo(json); break;
            case JsonKind.Null: json.WriteNullValue(); break;
            default: json.WriteBooleanValue(Kind == JsonKind.True); break;
        }
    }
}
