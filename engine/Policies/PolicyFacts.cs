using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Policies;

/// <summary>All that a rule may ask about one call.</summary>
public sealed record PolicyFacts
{
    public required ToolCall Call { get; init; }

    /// <summary>The request document; the body is the value at <see cref="Body"/>.</summary>
    public required JsonTree Tree { get; init; }

    /// <summary>Node of the body in <see cref="Tree"/>; -1 where there is none.</summary>
    public required int Body { get; init; }

    /// <summary>Strings of the body that hold JSON themselves.</summary>
    public IReadOnlyList<EmbeddedJson> Embedded { get; init; } = [];

    /// <summary>Keys and values, plain and decoded. <c>body_contains_*</c> looks at the segments that stem from the body.</summary>
    public required ScanText Text { get; init; }

    public required FindingList Findings { get; init; }

    /// <summary>Length of the body's JSON in bytes, as sent.</summary>
    public required int BodyBytes { get; init; }

    public string AgentId { get; init; } = "";

    public string RuntimeType { get; init; } = "";

    /// <summary>Environment of the call; policies bound to another one are not asked.</summary>
    public required string Env { get; init; }

    /// <summary>Null: unknown, which counts as true in strict rules and as false in ALLOW rules.</summary>
    public AgentFacts? Agent { get; init; }

    public required double RiskScore { get; init; }

    public required DateTimeOffset Now { get; init; }
}
