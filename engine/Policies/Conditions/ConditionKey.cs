using Interven.Engine.Policies.Documents;

namespace Interven.Engine.Policies.Conditions;

/// <summary>One key of <c>condition</c>: what it is called, takes and means.</summary>
/// <param name="Name">The name in canonical documents.</param>
/// <param name="Aliases">Other names that documents may use.</param>
/// <param name="Type">What its value is, for the docs and the console.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Example">A value, as JSON.</param>
public sealed record ConditionKey(string Name, IReadOnlyList<string> Aliases, string Type, string Meaning, string Example)
{
    /// <summary>Makes the condition, or adds problems and returns null.</summary>
    internal Func<ValueAt, Condition?> Read { get; init; } = _ => null;

    /// <summary>Its value is a list of whole conditions.</summary>
    internal bool IsGroup { get; init; }
}
