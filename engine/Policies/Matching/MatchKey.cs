namespace Interven.Engine.Policies.Matching;

/// <summary>One key of <c>match</c>: what it is called and what of a call it looks at.</summary>
/// <param name="Name">The name in canonical documents.</param>
/// <param name="Aliases">Other names that documents may use.</param>
/// <param name="Values">What its values are.</param>
/// <param name="Meaning">One sentence for the docs and the console.</param>
/// <param name="Example">A value, as JSON.</param>
/// <param name="Of">What it looks at; null where the call has none. The operation is an argument because a call may have two.</param>
public sealed record MatchKey(
    string Name, IReadOnlyList<string> Aliases, MatchValues Values, string Meaning, string Example, Func<PolicyFacts, string, string?> Of)
{
    public override string ToString() => Name;
}

/// <summary>What the values of a match key are.</summary>
public enum MatchValues : byte { Name, Operation, Verb, Method, Pattern, Url, Channel, Tags }
