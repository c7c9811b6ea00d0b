using System.Text.Json;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>body_path_gt/gte/lt/lte</c>. A value that is there but is no number is unknown: it counts, except in an ALLOW rule.</summary>
public sealed record BodyPathNumberCondition : BodyPathCondition
{
    readonly Amount limit;

    internal BodyPathNumberCondition(string key, JsonPath path, Comparison comparison, Amount limit) : base(key, path) =>
        (Comparison, this.limit) = (comparison, limit);

    public Comparison Comparison { get; }

    internal override Truth Test(JsonTree tree, int node)
    {
        Amount amount = default;
        var read = tree.Nodes[node].Kind switch
        {
            JsonKind.Number => Amount.TryReadNumber(tree.Value(node), out amount),
            JsonKind.String => Amount.TryReadText(tree.Value(node), out amount),
            _ => false,
        };
        if (!read)
            return Truth.Unknown;
        var order = amount.CompareTo(limit);
        return Truths.Of(Comparison switch
        {
            Comparison.Greater => order > 0,
            Comparison.GreaterOrEqual => order >= 0,
            Comparison.Less => order < 0,
            _ => order <= 0,
        });
    }

    internal override void WriteValue(Utf8JsonWriter json)
    {
        json.WritePropertyName("value");
        limit.WriteTo(json);
    }
}
