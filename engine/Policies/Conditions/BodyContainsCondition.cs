using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>body_contains_any</c> and <c>body_contains_all</c>: texts in the body's keys and values, plain or decoded, ignoring case.</summary>
public sealed record BodyContainsCondition(bool WantsAll, IReadOnlyList<string> Texts)
    : Condition(WantsAll ? "body_contains_all" : "body_contains_any")
{
    int[]? ids;

    internal override Cost Cost => Cost.Text;

    internal override string? ReasonCode => ReasonCodes.BodyPatternMatch;

    internal override Condition Bind(SubstringTable substrings) => this with { ids = [.. Texts.Select(substrings.Add)] };

    internal override Truth Judge(ref Inquiry inquiry)
    {
        foreach (var id in ids!)
            if (inquiry.Contains(id) != WantsAll)
                return Truths.Of(!WantsAll);
        return Truths.Of(WantsAll);
    }

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteStrings(Key, Texts);

    /// <summary>Documents are equal by what they say, not by the set they are bound to.</summary>
    public bool Equals(BodyContainsCondition? other) => other is not null && WantsAll == other.WantsAll && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => HashCode.Combine(WantsAll, Texts.Count);
}
