using System.Text.Json;

namespace Interven.Contracts.Scanning;

/// <summary>The answer to a scan, always HTTP 200: published clients let the tool run on any other status.</summary>
public sealed record ScanResponse
{
    public required Decision Decision { get; init; }

    /// <summary>0 to 1.</summary>
    public required double RiskScore { get; init; }

    public required RiskBand RiskBand { get; init; }

    /// <summary>Codes of <c>GET /api/reason-codes</c>, and what a policy's <c>reason_code</c> says.</summary>
    public required IReadOnlyList<string> ReasonCodes { get; init; }

    /// <summary>UUIDv7 of the decision record.</summary>
    public required string TraceId { get; init; }

    public required string ToolName { get; init; }
    public required string Operation { get; init; }
    public required Verb Verb { get; init; }

    /// <summary>Data classes found: <c>SECRETS</c>, <c>PII</c>, <c>PCI</c>, <c>PHI</c>, <c>INTERNAL</c>.</summary>
    public required IReadOnlyList<string> Classifications { get; init; }

    public required IReadOnlyList<ScanFinding> Findings { get; init; }
    public required IReadOnlyList<ScanSignal> Signals { get; init; }

    /// <summary>With SANITIZE, and with REQUIRE_APPROVAL where a sanitising rule matched too: what to send instead, in the shape of the body.</summary>
    public JsonElement? SanitizedBody { get; init; }

    public string? ApprovalId { get; init; }
    public string? ApprovalUrl { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? PolicyId { get; init; }
    public string? PolicyName { get; init; }
    public int? PolicyVersion { get; init; }
    public string? RuleId { get; init; }

    /// <summary>With EPHEMERAL_SCOPE_VIOLATION: what the key does not cover.</summary>
    public IReadOnlyList<string>? Violations { get; init; }

    /// <summary>With APPROVAL_EXPIRED: that nobody answered, in words; absent otherwise.</summary>
    public string? Detail { get; init; }

    /// <summary>False where the refusal could not be recorded; absent otherwise.</summary>
    public bool? Durable { get; init; }

    /// <summary>With <c>durable: false</c>: when to try again, in milliseconds.</summary>
    public int? RetryAfterMs { get; init; }
}

/// <summary>What was found, and where; never the value.</summary>
/// <param name="DataClass">The gravest of the kind's classes.</param>
/// <param name="Kind">snake_case, e.g. <c>credit_card</c>.</param>
/// <param name="Path">JSON path in the body, or <c>url</c>, or <c>headers.name</c>.</param>
/// <param name="Count">How often at that path.</param>
/// <param name="Confidence">How sure.</param>
public sealed record ScanFinding(string DataClass, string Kind, string Path, int Count, Confidence Confidence);

/// <summary>One risk engine's output.</summary>
/// <param name="Engine">Which engine.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Details">What it saw: flags, words and figures by name.</param>
public sealed record ScanSignal(string Engine, double Score, IReadOnlyDictionary<string, JsonElement> Details);
