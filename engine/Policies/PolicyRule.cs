using Interven.Engine.Policies.Conditions;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies;

/// <summary>One rule: where it applies, when, and what then.</summary>
public sealed record PolicyRule
{
    public const int DefaultPriority = 100;
    public const int MaxPriority = 1_000_000;

    /// <summary>Unique in its policy. Where the author gave none, <c>rule-1</c>, <c>rule-2</c>… by place in the document.</summary>
    public required string RuleId { get; init; }

    /// <summary>0 to 1,000,000; lower is asked first and wins ties.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>For people; decides nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>All must hold; none is every call.</summary>
    public IReadOnlyList<MatchClause> Match { get; init; } = [];

    /// <summary>All must hold; none is always.</summary>
    public IReadOnlyList<Condition> Condition { get; init; } = [];

    public required RuleAction Action { get; init; }

    public RuleModifiers Modifiers { get; init; } = RuleModifiers.None;
}
