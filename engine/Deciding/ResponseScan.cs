using System.Buffers;
using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>What a tool answered to a scanned call, and what was found in it.</summary>
/// <param name="Trace">The scan; whether it is the tenant's own is for the store to say.</param>
/// <param name="Status">HTTP status; 0 for none.</param>
/// <param name="Classes">Data classes found.</param>
/// <param name="Redacted">Places redacted.</param>
/// <param name="Fingerprint">Keyed hash of the body, 64 hex digits.</param>
/// <param name="Sensitive">Fingerprints of sensitive values: what may not be written outside within five minutes.</param>
/// <param name="SanitisedBody">The body without them, as JSON.</param>
/// <param name="Findings">For the record.</param>
public sealed record ScannedResponse(
    TraceId Trace, int Status, DataClasses Classes, int Redacted, string Fingerprint, IReadOnlyList<ulong> Sensitive, byte[] SanitisedBody,
    IReadOnlyList<FoundValue> Findings)
{
    /// <summary>The canonical row of the store, with the time it was seen.</summary>
    public byte[] ToRecord(DateTimeOffset time)
    {
        using var json = new CanonicalJson(256);
        json.BeginObject().Name("v").Number(1).Name("trace_id").String(Trace.ToString()).Name("time").String(RecordBytes.Time(time))
            .Name("response_status").Number(Status).Name("response_classes").BeginArray();
        foreach (var word in Classes.EachWord())
            json.String(word);
        json.EndArray().Name("fields_redacted_count").Number(Redacted).Name("content_fingerprint").String(Fingerprint);
        json.Name("findings").BeginArray();
        foreach (var found in Findings)
            json.BeginObject().Name("kind").String(found.Kind).Name("path").String(found.Path).Name("count").Number(found.Count)
                .Name("confidence").String(found.Confidence.Word()).Name("fingerprint").String(found.Fingerprint.ToString()).EndObject();
        return json.EndArray().EndObject().Written.ToArray();
    }

    /// <summary>The answer of <c>POST /v1/scan/response</c>.</summary>
    public byte[] ToAnswer()
    {
        var buffer = new ArrayBufferWriter<byte>(256 + SanitisedBody.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("data_classes"u8);
            foreach (var word in Classes.EachWord())
                json.WriteStringValue(word);
            json.WriteEndArray();
            json.WriteNumber("fields_redacted_count"u8, Redacted);
            json.WriteString("content_fingerprint"u8, Fingerprint);
            json.WritePropertyName("sanitized_response"u8);
            json.WriteRawValue(SanitisedBody, skipInputValidation: true);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>Reads and classifies <c>POST /v1/scan/response</c>.</summary>
public static class ResponseScan
{
    /// <summary>Sensitive values remembered of one response.</summary>
    const int MostSensitive = 32;

    /// <summary>Null with the problems where the request is not sound.</summary>
    public static ScannedResponse? Read(ReadOnlyMemory<byte> utf8, TenantSnapshot tenant, out IReadOnlyList<JsonProblem> problems)
    {
        using var tree = JsonTree.Parse(utf8, out var problem);
        if (tree is null || tree.Nodes[0].Kind != JsonKind.Object)
        {
            problems = [problem ?? new("$", "The request must be a JSON object.")];
            return null;
        }
        var fields = new FieldReader(tree);
        var trace = fields.Text("trace_id", 36, required: true);
        if (trace is not null && !Guid.TryParse(trace, out _))
            fields.Refuse("$.trace_id", "`trace_id` must be a UUID.");
        var status = fields.Whole("response_status", 0, 599);
        var body = tree.Child(0, "response_body");
        if (body < 0)
            fields.Refuse("$.response_body", "`response_body` is required.");
        problems = fields.Problems;
        return problems.Count > 0 ? null : Classify(tree, body, new(Guid.Parse(trace!)), status, tenant);
    }

    static ScannedResponse Classify(JsonTree tree, int body, TraceId trace, int status, TenantSnapshot tenant)
    {
        using var scan = new IncomingScan(tree) { Body = body };
        using var text = new ScanText(tree.Raw.Length + 256);
        tenant.Stages.ReadText(scan, text);
        var findings = new FindingList();
        tenant.Classifier.Classify(text, findings);
        // What cannot be redacted is not given back at all.
        var sanitised = findings.Count == 0 ? new(tree.RawValue(body).ToArray(), 0)
            : tenant.Stages.Sanitise(tree, body, text, findings, Confidence.Medium, []) ?? new("null"u8.ToArray(), findings.Count);
        var sensitive = FoundValues.Severities(text, findings, tenant.Key).OrderByDescending(one => one.Severity).Select(one => one.Fingerprint);
        return new(
            trace, status, findings.Classes, sanitised.Redacted, tenant.Key.OfBody(tree.RawValue(body)),
            [.. sensitive.Distinct().Take(MostSensitive)], sanitised.Json, FoundValues.Of(tree, body, text, findings, tenant.Key));
    }
}
