using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;

namespace Interven.Engine.Alerts;

/// <summary>Something that people are told of, as it stands when it is sent. Only redacted content.</summary>
/// <param name="TenantName">Whose it is.</param>
/// <param name="Link">Where the console shows it.</param>
public abstract record Alert(string TenantName, string Link)
{
    /// <summary>A paused call.</summary>
    public sealed record Approval(string TenantName, string Link, CallFacts Call, ApprovalFacts Facts) : Alert(TenantName, Link);

    /// <summary>A call that was denied or redacted.</summary>
    public sealed record Decided(string TenantName, string Link, CallFacts Call) : Alert(TenantName, Link);

    public sealed record Incident(string TenantName, string Link, IncidentFacts Facts) : Alert(TenantName, Link);

    /// <summary>Stands for more messages than a channel can take.</summary>
    /// <param name="Kind">What they are.</param>
    /// <param name="Count">How many.</param>
    public sealed record Summary(string TenantName, string Link, AlertEvents Kind, int Count) : Alert(TenantName, Link);

    /// <summary>The sample.</summary>
    public sealed record Test(string TenantName, string Link, string ChannelName) : Alert(TenantName, Link);
}

/// <summary>The call as its record has it.</summary>
public sealed record CallFacts
{
    public required Guid Trace { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required Decision Decision { get; init; }
    public required string AgentId { get; init; }
    public string AgentName { get; init; } = "";
    public required string Env { get; init; }
    public required string Tool { get; init; }
    public required string Operation { get; init; }
    public required string Method { get; init; }
    public required string Url { get; init; }
    public required RiskBand Band { get; init; }
    public required double Score { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public string? PolicyName { get; init; }
    public DataClasses Classes { get; init; }

    /// <summary>The redacted body as JSON; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>False where the call had a body that could not be redacted, so that nobody sees it.</summary>
    public bool BodyIsShown { get; init; } = true;

    /// <summary>False where the URL lacks more than what was found.</summary>
    public bool UrlIsShown { get; init; } = true;

    /// <summary>Host of the URL in ASCII; empty where there is none.</summary>
    public string Host => Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.IdnHost : "";

    public AlertTopic TopicOf(AlertEvents what) => new(what, Band, Tool, AgentId, Env);

    /// <param name="record">The evidence.</param>
    /// <param name="redactedBody">Unsealed.</param>
    public static CallFacts Of(DecisionRecord record, byte[] redactedBody) => new()
    {
        Trace = record.Trace.Value,
        Time = record.Time,
        Decision = record.Decision,
        AgentId = record.AgentId,
        AgentName = record.AgentName,
        Env = record.Environment,
        Tool = record.Tool,
        Operation = record.Operation,
        Method = record.Method,
        Url = record.Url,
        Band = record.Band,
        Score = record.RiskScore,
        Reasons = record.Reasons,
        PolicyName = record.Rule?.PolicyName,
        Classes = record.Classes,
        Body = redactedBody,
        BodyIsShown = redactedBody.Length > 0 || record.BodyBytes == 0,
        UrlIsShown = !ReviewView.HidesValues(record.Url),
    };
}

/// <summary>Where an approval stands.</summary>
/// <param name="Id">The approval.</param>
/// <param name="Sentence">What will happen.</param>
/// <param name="Hash">Hash of the bound call, lower-case hex.</param>
/// <param name="ExpiresAt">When it is over unanswered.</param>
/// <param name="State">Now.</param>
/// <param name="Reason">Why it ended as it did.</param>
/// <param name="Required">Different people who must approve.</param>
/// <param name="Votes">So far, with people as they are called here.</param>
/// <param name="DecidedBy">Who decided, as they are called here.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="EscalateTo">Whom the rule wants to reach as well.</param>
/// <param name="DutiesAreSeparate">Nobody may approve what is their own.</param>
public sealed record ApprovalFacts(
    Guid Id, string Sentence, string Hash, DateTimeOffset ExpiresAt, ApprovalState State, string? Reason, int Required, IReadOnlyList<ApprovalVote> Votes,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? EscalateTo = null, bool DutiesAreSeparate = true);

/// <summary>An incident as far as an alert tells of it.</summary>
public sealed record IncidentFacts(string Id, string Title, RiskBand Severity, string Status, string AgentId, string Tool, string Env);
