using System.Text.Json;
using Interven.Engine.Policies.Compiling;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Conditions;

/// <summary>A condition on the values at a path: it holds where it holds for any of them, and never where there is none.</summary>
public abstract record BodyPathCondition(string Key, JsonPath Path) : Condition(Key), INodeTest
{
    internal override Cost Cost => Cost.Path;

    internal sealed override Truth Judge(ref Inquiry inquiry) => inquiry.Any(Path, this);

    internal abstract Truth Test(JsonTree tree, int node);

    Truth INodeTest.Test(JsonTree tree, int node) => Test(tree, node);

    internal override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject(Key);
        json.WriteString("path", Path.Text);
        WriteValue(json);
        json.WriteEndObject();
    }

    internal abstract void WriteValue(Utf8JsonWriter json);
}

/// <summary>How two numbers must stand to each other.</summary>
public enum Comparison : byte { Greater, GreaterOrEqual, Less, LessOrEqual }
