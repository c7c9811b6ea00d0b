using System.Text.Json;

namespace Interven.Contracts.Scanning;

/// <summary><c>POST /v1/scan/response</c>: what a tool answered to a scanned call.</summary>
public sealed record ResponseScanRequest
{
    /// <summary>Of the scan.</summary>
    public required string TraceId { get; init; }

    /// <summary>Any JSON.</summary>
    public required JsonElement ResponseBody { get; init; }

    /// <summary>HTTP status of the tool, 100 to 599; 0 or absent where there is none.</summary>
    public int? ResponseStatus { get; init; }
}

/// <summary>What was found in a tool's answer.</summary>
/// <param name="DataClasses">Data classes found.</param>
/// <param name="FieldsRedactedCount">Places that <c>sanitized_response</c> redacts.</param>
/// <param name="ContentFingerprint">Keyed fingerprint of the body, 64 hex digits: alike for alike answers within one tenant.</param>
/// <param name="SanitizedResponse">The body with every MEDIUM and HIGH finding redacted, in the same shape.</param>
public sealed record ResponseScanAnswer(
    IReadOnlyList<string> DataClasses, int FieldsRedactedCount, string ContentFingerprint, JsonElement SanitizedResponse);
