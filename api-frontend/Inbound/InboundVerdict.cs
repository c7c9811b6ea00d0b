using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Inbound;

/// <summary>What the scan said of a call that wants through.</summary>
/// <param name="Decision">The scan's word; empty where nothing could be decided.</param>
/// <param name="TraceId">Of the scan.</param>
/// <param name="Reasons">Its codes.</param>
/// <param name="IsOut">True where nothing could be decided or recorded: the route's failure mode applies.</param>
/// <param name="Sanitised">With SANITIZE.</param>
sealed record InboundVerdict(string Decision, Guid TraceId, IReadOnlyList<string> Reasons, bool IsOut, JsonElement? Sanitised, string? ApprovalId, string? ApprovalUrl, string? ExpiresAt)
{
    public static readonly InboundVerdict Out = new("", Guid.Empty, [], true, null, null, null, null);

    /// <summary>The refusal is that of a request which never came to a decision.</summary>
    public static (InboundVerdict? Verdict, Refusal? Refusal) Of(ScanReply reply)
    {
        if (reply.Refusal is { } refusal)
            return refusal.Status >= 500 ? (Out, null) : (null, refusal);
        if (reply.Json is null)
            return (Out, null);
        using var document = JsonDocument.Parse(reply.Json);
        var answer = document.RootElement;
        var isOut = answer.TryGetProperty("durable", out var durable) && durable.ValueKind == JsonValueKind.False;
        return (new(answer.GetProperty("decision").GetString()!, reply.TraceId, [.. answer.GetProperty("reason_codes").EnumerateArray().Select(code => code.GetString()!)], isOut,
            answer.TryGetProperty("sanitized_body", out var body) && body.ValueKind != JsonValueKind.Null ? body.Clone() : null, Text(answer, "approval_id"), Text(answer, "approval_url"), Text(answer, "expires_at")), null);
    }

    static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
