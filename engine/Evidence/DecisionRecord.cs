using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence;

/// <summary>The evidence of one decision. Nothing that was found stands in it in the clear; the redacted body is sealed apart.</summary>
public sealed record DecisionRecord
{
    /// <summary>Shape of the canonical bytes. Readers know every version that was ever written.</summary>
    public const int Version = 1;

    public required TraceId Trace { get; init; }

    /// <summary>The scan whose pause this record ends, or whose answer it amends.</summary>
    public TraceId? Parent { get; init; }

    /// <summary><c>scan</c>, <c>released</c>, <c>waited</c>, <c>answer_amended</c>, <c>refused</c>.</summary>
    public string Kind { get; init; } = "scan";

    public required TenantId Tenant { get; init; }

    /// <summary>UTC, kept in whole milliseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Environment { get; init; }
    public required Decision Decision { get; init; }

    /// <summary>0 to 1, four decimals.</summary>
    public required double RiskScore { get; init; }

    public required RiskBand Band { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public required string Tool { get; init; }
    public required string Operation { get; init; }
    public required Verb Verb { get; init; }
    public required string Method { get; init; }

    /// <summary>Without userinfo, query values and anything that was found.</summary>
    public required string Url { get; init; }

    public string AgentId { get; init; } = "";
    public string AgentName { get; init; } = "";
    public string RuntimeType { get; init; } = "";
    public string KeyId { get; init; } = "";
    public string KeyPrefix { get; init; } = "";
    public string ClientIp { get; init; } = "";
    public DataClasses Classes { get; init; }
    public IReadOnlyList<FoundValue> Findings { get; init; } = [];
    public RecordedRule? Rule { get; init; }

    /// <summary>What policies in monitor mode would have done.</summary>
    public IReadOnlyList<RecordedRule> WouldHave { get; init; } = [];

    public ApprovalId? Approval { get; init; }
    public IReadOnlyList<Signal> Signals { get; init; } = [];
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>HMAC-SHA-256 of the body as sent, under the tenant's key, lower-case hex; empty where there was none.</summary>
    public string BodySha256 { get; init; } = "";

    /// <summary>Length of the body as sent.</summary>
    public int BodyBytes { get; init; }

    /// <summary>What conditions used, as canonical JSON: enough to ask other policies the same question later.</summary>
    public byte[] ContextFacts { get; init; } = [];

    /// <summary>From the request's first byte to the decision, in microseconds.</summary>
    public long DurationUs { get; init; }

    public string EngineVersion { get; init; } = "";
}

/// <summary>A rule as a record names it.</summary>
public sealed record RecordedRule(PolicyId PolicyId, string PolicyName, int PolicyVersion, string? RuleId, Decision Action);
