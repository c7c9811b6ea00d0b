using System.Buffers;
using System.Text.Json;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Scanning;

/// <summary>DENY answers that the front end gives by itself, in the shape of every other decision.</summary>
static class RefusalAnswers
{
    /// <summary>No silo answered: nothing is allowed.</summary>
    public static byte[] Outage(Guid traceId, string reason) => Deny(traceId, reason, durable: false, retryAfterMilliseconds: 1000, null);

    /// <summary>An error for a key that wants errors as DENY.</summary>
    public static byte[] ErrorAsDeny(Guid traceId, Refusal refusal) =>
        Deny(traceId, refusal.Reason, durable: false, refusal.RetryAfterSeconds * 1000, refusal.Detail);

    static byte[] Deny(Guid traceId, string reason, bool durable, int? retryAfterMilliseconds, string? detail)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("decision", "DENY");
        json.WriteNumber("risk_score", 0);
        json.WriteString("risk_band", "LOW");
        json.WriteStartArray("reason_codes");
        json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteString("trace_id", traceId);
        json.WriteString("tool_name", "unknown");
        json.WriteString("operation", "unknown");
        json.WriteString("verb", "WRITE");
        foreach (var list in (ReadOnlySpan<string>)["classifications", "findings", "signals"])
        {
            json.WriteStartArray(list);
            json.WriteEndArray();
        }
        json.WriteBoolean("durable", durable);
        if (retryAfterMilliseconds is { } wait)
            json.WriteNumber("retry_after_ms", wait);
        if (detail is not null)
            json.WriteString("detail", detail);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
