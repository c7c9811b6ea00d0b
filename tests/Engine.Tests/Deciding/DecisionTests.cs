using System.Text;
using System.Text.Json;
using Interven.Contracts;
using Interven.Contracts.Scanning;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Deciding;

/// <summary>The engine from bytes to bytes: each case is a call, the decision that it must get, and what must be recorded.</summary>
public class DecisionTests
{
    static readonly TraceId Trace = new(new Guid("01930000-0000-7000-8000-000000000001"));

    public static TheoryData<string> All() => [.. DecisionCase.Names()];

    [Theory]
    [MemberData(nameof(All))]
    public void A_call_gets_its_decision(string id)
    {
        var given = DecisionCase.Load(id);
        var want = given.Want;
        var (refused, answer, stored) = Decide(given);
        if (want.Has("refused"))
        {
            Assert.Equal(want.Text("refused"), refused);
            return;
        }
        Assert.Null(refused);
        var seen = $"got {answer!.Decision} [{string.Join(' ', answer.ReasonCodes)}] {answer.RiskBand} {answer.RiskScore} {answer.ToolName}.{answer.Operation} {answer.Verb} [{string.Join(' ', answer.Classifications)}] {answer.PolicyName}";
        Check(want, "decision", answer.Decision.Word(), seen);
        Check(want, "band", answer.RiskBand.Word(), seen);
        Check(want, "tool", answer.ToolName, seen);
        Check(want, "operation", answer.Operation, seen);
        Check(want, "verb", answer.Verb.Word(), seen);
        Check(want, "policy", answer.PolicyName ?? "", seen);
        if (want.Has("classes"))
            Assert.True(want.Texts("classes").SequenceEqual(answer.Classifications), seen);
        Assert.All(want.Texts("reasons"), reason => Assert.True(answer.ReasonCodes.Contains(reason), $"{reason} is missing: {seen}"));
        Assert.All(want.Texts("no_reasons"), reason => Assert.False(answer.ReasonCodes.Contains(reason), $"{reason} is there: {seen}"));
        Assert.All(want.Texts("kinds"), kind => Assert.True(answer.Findings.Any(finding => finding.Kind == kind), $"{kind} is missing: {seen}"));
        Assert.All(want.Texts("paths"), path => Assert.True(answer.Findings.Any(finding => finding.Path == path), $"{path} is missing: {string.Join(' ', answer.Findings.Select(f => f.Path))}"));
        if (want.Has("body"))
            Assert.Equal(Canonical(DecisionCase.Json(want["body"])), answer.SanitizedBody is { } body ? Canonical(body.GetRawText()) : "absent");
        var sent = answer.SanitizedBody is { } sanitised ? sanitised.GetRawText() : "";
        Assert.All(want.Texts("gone").Concat(answer.Decision == Decision.Sanitize ? given.Hidden : []), value => Assert.DoesNotContain(value, sent, StringComparison.OrdinalIgnoreCase));
        Assert.All(want.Texts("left"), value => Assert.Contains(value, sent, StringComparison.Ordinal));
        if (want.Has("record_url"))
            Assert.Equal(want.Text("record_url"), stored!.Record.Url);
        var kept = Encoding.UTF8.GetString(stored!.Canonical) + Encoding.UTF8.GetString(stored.RedactedBody.Span);
        Assert.All(want.Texts("not_kept").Concat(want.Flag("kept") ? [] : given.Hidden), value => Assert.DoesNotContain(value, kept, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(answer.Decision, RecordReader.Read(stored.Canonical)!.Decision);
    }

    static void Check(YamlDotNet.RepresentationModel.YamlMappingNode want, string key, string got, string seen)
    {
        if (want.Has(key))
            Assert.True(want.Text(key) == got, $"{key}: wanted {want.Text(key)}, {seen}");
    }

    internal static (string? Refused, ScanResponse? Answer, StoredRecord? Stored) Decide(DecisionCase given)
    {
        var reading = given.Read();
        if (reading.Scan is null)
            return (ReasonCodes.InvalidRequest, null, null);
        if (Preparation.Of(reading.Scan, given.Snapshot(), given.Caller()) is not PrepareReply.Prepared { Scan: var scan })
            return (((PrepareReply.Refused)Preparation.Of(reading.Scan, given.Snapshot(), given.Caller())).Reason, null, null);
        using (scan)
        {
            scan.Classify();
            var verdict = Pipeline.Decide(scan, given.Agent(), given.Now);
            Assert.Null(verdict.Fault);
            var outcome = verdict.Decision == Decision.RequireApproval
                ? Resolution.Of(verdict, Reply(given))
                : Resolution.Of(verdict);
            var answer = JsonSerializer.Deserialize(ScanAnswer.ToBytes(outcome, Trace), ScanJson.Default.ScanResponse);
            return (null, answer, RecordOf.Outcome(scan, outcome, new() { Trace = Trace, Time = given.Now, EngineVersion = "test" }));
        }
    }

    static ApprovalReply Reply(DecisionCase given)
    {
        var id = new ApprovalId(Trace.Value);
        return given.Reply switch
        {
            "" => new ApprovalReply.Pending(id, "https://console.example/approvals/1", given.Now.AddMinutes(10)),
            "approved" => new ApprovalReply.Approved(id),
            "denied" => new ApprovalReply.Denied(id),
            "expired" => new ApprovalReply.Expired(id),
            "recent grant" => new ApprovalReply.RecentGrant(id),
            "recent denial" => new ApprovalReply.RecentDenial(id),
            "used" => new ApprovalReply.AlreadyUsed(id),
            "unavailable" => new ApprovalReply.Unavailable(500),
            var other => throw new InvalidDataException(other),
        };
    }

    static string Canonical(string json)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(json), out _)!;
        using var canonical = new CanonicalJson();
        return Encoding.UTF8.GetString(canonical.Value(tree, 0).Written);
    }
}
