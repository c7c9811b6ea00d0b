using System.Buffers;
using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>Writes the answer to <c>POST /v1/scan</c>, straight to bytes: what is always there always, everything else only where it applies.</summary>
public static class ScanAnswer
{
    /// <summary>A buffer that grew beyond this for one large body is not kept.</summary>
    const int MostKept = 16 * 1024;

    [ThreadStatic]
    static Pen? spare;

    /// <param name="outcome">What was decided.</param>
    /// <param name="trace">Id of the decision record.</param>
    /// <param name="to">Where to.</param>
    public static void Write(Outcome outcome, TraceId trace, IBufferWriter<byte> to)
    {
        using var json = WriterOf(to);
        Write(outcome, trace, json);
    }

    public static byte[] ToBytes(Outcome outcome, TraceId trace)
    {
        var pen = spare ?? new();
        // Whoever fails half-way leaves it behind.
        spare = null;
        Write(outcome, trace, pen.Json);
        pen.Json.Flush();
        var bytes = pen.Buffer.WrittenSpan.ToArray();
        if (pen.Buffer.Capacity > MostKept)
            return bytes;
        pen.Buffer.ResetWrittenCount();
        pen.Json.Reset();
        spare = pen;
        return bytes;
    }

    static Utf8JsonWriter WriterOf(IBufferWriter<byte> to) => new(to, new JsonWriterOptions { SkipValidation = true });

    static void Write(Outcome outcome, TraceId trace, Utf8JsonWriter json)
    {
        var verdict = outcome.Verdict;
        json.WriteStartObject();
        json.WriteString("decision"u8, outcome.Decision.Word());
        json.WriteNumber("risk_score"u8, Round(verdict.RiskScore));
        json.WriteString("risk_band"u8, verdict.Band.Word());
        Strings(json, "reason_codes"u8, outcome.Reasons);
        json.WriteString("trace_id"u8, trace.Value);
        json.WriteString("tool_name"u8, verdict.Call.Tool);
        json.WriteString("operation"u8, verdict.Call.ShownOperation);
        json.WriteString("verb"u8, verdict.Call.Verb.Word());
        json.WriteStartArray("classifications"u8);
        foreach (var word in verdict.Classes.EachWord())
            json.WriteStringValue(word);
        json.WriteEndArray();
        Findings(json, verdict.Findings);
        Signals(json, verdict.Signals);
        Sometimes(json, outcome);
        json.WriteEndObject();
    }

    static void Sometimes(Utf8JsonWriter json, Outcome outcome)
    {
        if (outcome.SanitisedBody is { } body)
        {
            json.WritePropertyName("sanitized_body"u8);
            json.WriteRawValue(body, skipInputValidation: true);
        }
        if (outcome.Approval is { } approval)
            json.WriteString("approval_id"u8, approval.Value);
        if (outcome.Pending is { } pending)
        {
            json.WriteString("approval_url"u8, pending.Url);
            json.WriteString("expires_at"u8, RecordBytes.Time(pending.ExpiresAt));
        }
        if (outcome.Verdict.Rule is { } rule)
        {
            json.WriteString("policy_id"u8, rule.PolicyId.Value);
            json.WriteString("policy_name"u8, rule.PolicyName);
            json.WriteNumber("policy_version"u8, rule.PolicyVersion);
            if (rule.RuleId is { } id)
                json.WriteString("rule_id"u8, id);
        }
        if (outcome.Verdict.Violations.Count > 0)
            Strings(json, "violations"u8, outcome.Verdict.Violations);
        if (outcome.Reasons is [ReasonCodes.ApprovalExpired, ..])
            json.WriteString("detail"u8, ApprovalRules.NobodyAnswered);
        if (outcome.RetryAfterMs is not { } retry)
            return;
        json.WriteBoolean("durable"u8, false);
        json.WriteNumber("retry_after_ms"u8, retry);
    }

    /// <summary>The same kind at the same place is one row, however many values it has.</summary>
    static void Findings(Utf8JsonWriter json, IReadOnlyList<FoundValue> findings)
    {
        json.WriteStartArray("findings"u8);
        if (findings.Count > 0)
            foreach (var place in findings.GroupBy(found => (found.DataClass, found.Kind, found.Path, found.Confidence)))
            {
                json.WriteStartObject();
                json.WriteString("data_class"u8, place.Key.DataClass);
                json.WriteString("kind"u8, place.Key.Kind);
                json.WriteString("path"u8, place.Key.Path);
                json.WriteNumber("count"u8, place.Sum(found => found.Count));
                json.WriteString("confidence"u8, place.Key.Confidence.Word());
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }

    static void Signals(Utf8JsonWriter json, IReadOnlyList<Signal> signals)
    {
        json.WriteStartArray("signals"u8);
        for (var i = 0; i < signals.Count; i++)
        {
            var signal = signals[i];
            json.WriteStartObject();
            json.WriteString("engine"u8, signal.Engine);
            json.WriteNumber("score"u8, Round(signal.Score));
            json.WriteStartObject("details"u8);
            foreach (var detail in signal.Details)
                if (detail.Word is { } word)
                    json.WriteString(detail.Name, word);
                else if (detail.Figure is { } figure)
                    json.WriteNumber(detail.Name, Round(figure));
                else
                    json.WriteBoolean(detail.Name, true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Strings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>A writer and its buffer, kept by each thread for the next answer.</summary>
    sealed class Pen
    {
        public Pen() => Json = WriterOf(Buffer);

        public ArrayBufferWriter<byte> Buffer { get; } = new(1024);
        public Utf8JsonWriter Json { get; }
    }

    static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 4, MidpointRounding.AwayFromZero) : 1;
}
