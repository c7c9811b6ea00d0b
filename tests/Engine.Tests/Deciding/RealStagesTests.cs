using System.Text;
using System.Text.Json;
using CsCheck;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Policies;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Deciding;

/// <summary>What holds for every call, over the real detectors, catalogue and policies.</summary>
public class RealStagesTests
{
    static readonly TenantSnapshot Sanitising = Calls.Tenant(Calls.Policy("""{"name":"redact","rules":[{"match":{},"condition":{},"action":"SANITIZE"}]}"""));

    static readonly PolicyDocument[] Library = [.. PolicyLibrary.Seeds, .. PolicyLibrary.Packs.SelectMany(PolicyLibrary.Pack)];

    static readonly Dictionary<PolicyDocument, string> Names = Library.ToDictionary(policy => policy, policy => policy.Name);

    static readonly string[] Urls = ["https://slack.com/api/chat.postMessage", "https://api.github.com/repos/acme/ledger/issues", "tool://langgraph/transfer_funds", "https://crm.example/notes", "https://sheets.googleapis.com/v4/spreadsheets/1/values/A1:append", "https://api.openai.com/v1/chat/completions"];

    [Fact]
    public void A_sanitised_body_scanned_again_shows_nothing_and_the_record_keeps_nothing() => SanitisedBodiesAreClean(300);

    [Fact]
    [Trait("Category", "Slow")]
    public void Many_sanitised_bodies_scanned_again_show_nothing() => SanitisedBodiesAreClean(20_000);

    static void SanitisedBodiesAreClean(int times) => Calls.Body.Sample(body =>
    {
        var (scan, verdict) = Calls.Decide(Calls.Request(body), Sanitising)!.Value;
        using (scan)
        {
            Assert.Null(verdict.Fault);
            if (scan.Text.DecodeLimitReached)
                Assert.True(verdict is { SanitisedBody: null, Decision: Decision.Deny });
            else
                ShowsNothing(Assert.IsType<byte[]>(verdict.SanitisedBody));
            var stored = RecordOf.Outcome(scan, Resolution.Of(verdict), new() { Trace = new(Guid.Empty), Time = DateTimeOffset.UnixEpoch, EngineVersion = "test" });
            KeepsNothing(Encoding.UTF8.GetString(stored.Canonical));
            KeepsNothing(Encoding.UTF8.GetString(stored.RedactedBody.Span));
        }
    }, iter: times);

    static void ShowsNothing(byte[] body)
    {
        using var tree = JsonTree.Parse(body, out var problem);
        Assert.True(tree is not null, problem?.Message);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var left = new FindingList();
        Detectors.Shared.Classify(text, left);
        foreach (ref readonly var finding in left.Items)
            // Our own marker under a name such as "card": the field promises what the value no longer is.
            if (finding.Confidence >= Confidence.Medium && !text.TextOf(finding.Segment).Slice(finding.Start, finding.Length).Contains("REDACTED", StringComparison.Ordinal))
                Assert.Fail($"{finding.Kind.Name} is left in {Encoding.UTF8.GetString(body)}");
    }

    static void KeepsNothing(string kept)
    {
        foreach (var (_, core) in Calls.Planted)
        {
            Assert.DoesNotContain(core, kept, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(JsonSerializer.Serialize(core)[1..^1], kept, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Nothing_planted_anywhere_in_a_call_is_kept() => Gen.Select(Gen.Int[0, Calls.Planted.Length - 1].Where(at => at != Calls.Memo), Gen.Int[0, Mask.Names.Count - 1], Gen.Int[0, 3]).Sample((what, how, where) =>
    {
        var masked = Mask.Of(Mask.Names[how], Calls.Planted[what].Text);
        var json = JsonSerializer.Serialize(masked);
        var (url, more) = where switch
        {
            0 => ($"https://a.example/x?note={Uri.EscapeDataString(masked)}", ""),
            1 => ("https://a.example/x", $$""","headers":{"X-Note":{{json}}}"""),
            2 => ("https://a.example/x", $$""","context":{{json}}"""),
            _ => ($"https://a.example/{Uri.EscapeDataString(masked)}/x", ""),
        };
        var (scan, verdict) = Calls.Decide(Calls.Request("{}", url, more), Sanitising)!.Value;
        using (scan)
        {
            Assert.Null(verdict.Fault);
            var stored = RecordOf.Outcome(scan, Resolution.Of(verdict), new() { Trace = new(Guid.Empty), Time = DateTimeOffset.UnixEpoch, EngineVersion = "test" });
            KeepsNothing(Encoding.UTF8.GetString(stored.Canonical));
            Assert.DoesNotContain(masked, Encoding.UTF8.GetString(stored.Canonical), StringComparison.OrdinalIgnoreCase);
        }
    }, iter: 400);

    [Fact]
    public void A_denying_rule_more_never_loosens() => Gen.Select(Gen.Int[0, Library.Length - 1].Array[0, 8], Calls.Body, Gen.Int[0, Urls.Length - 1], Gen.Enum<DataClassWord>()).Sample((chosen, body, url, word) =>
    {
        PolicyDocument[] policies = [.. chosen.Distinct().Select(at => Library[at])];
        var request = Calls.Request(body, Urls[url]);
        var before = DecisionOf(request, Calls.Tenant(policies));
        var denied = Calls.Policy($$"""{"name":"no more","rules":[{"match":{},"condition":{"has_data_class":["{{word}}"]},"action":"DENY","priority":1}]}""");
        Assert.True(DecisionOf(request, Calls.Tenant([.. policies, denied])) >= before, string.Join(", ", policies.Select(policy => Names[policy])));
    }, iter: 150);

    public enum DataClassWord { SECRETS, PII, PCI, PHI, INTERNAL }

    static Decision DecisionOf(byte[] request, TenantSnapshot tenant)
    {
        var (scan, verdict) = Calls.Decide(request, tenant)!.Value;
        scan.Dispose();
        Assert.Null(verdict.Fault);
        return verdict.Decision;
    }

    [Fact]
    public void Nothing_that_was_not_decoded_whole_is_sent_sanitised() => Gen.Select(Calls.Body, Gen.Int[0, 2]).Sample((body, rule) =>
    {
        string[] actions = ["SANITIZE", "REQUIRE_APPROVAL", "ALLOW"];
        var tenant = Calls.Tenant(
            Calls.Policy("""{"name":"redact","rules":[{"match":{},"condition":{},"action":"SANITIZE","sanitize_fields":["$..text"]}]}"""),
            Calls.Policy($$"""{"name":"other","rules":[{"match":{},"condition":{},"action":"{{actions[rule]}}"}]}"""));
        var bomb = JsonSerializer.Serialize(Bomb);
        var (scan, verdict) = Calls.Decide(Calls.Request($"[{body},{bomb}]"), tenant)!.Value;
        using (scan)
        {
            Assert.Null(verdict.Fault);
            Assert.True(scan.Text.DecodeLimitReached);
            Assert.Equal((Decision.Deny, null), (verdict.Decision, verdict.SanitisedBody));
            Assert.Contains(ReasonCodes.CannotSanitize, verdict.Reasons);
        }
    }, iter: 20);

    static readonly string Bomb = Mask.Of("a zip bomb", "card 4539 1488 0343 6467");
}
