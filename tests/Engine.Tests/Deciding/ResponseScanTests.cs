using System.Text;
using System.Text.Json;
using Interven.Contracts.Scanning;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Deciding;

public class ResponseScanTests
{
    static readonly TenantSnapshot Tenant = new()
    {
        Tenant = new(new Guid("01930000-0000-7000-8000-00000000000a")),
        Version = 1,
        Classifier = Detectors.Shared,
        Stages = TenantStages.Of(PolicySet.Empty, Detectors.Shared, TenantTools.None, new([])),
        Key = new(new byte[FingerprintKey.Length]),
    };

    const string Trace = "01930000-0000-7000-8000-000000000001";

    static ScannedResponse? Read(string json, out string paths)
    {
        var response = ResponseScan.Read(Encoding.UTF8.GetBytes(json), Tenant, out var problems);
        paths = string.Join(',', problems.Select(problem => problem.Path));
        return response;
    }

    [Fact]
    public void What_came_back_is_classified_redacted_and_remembered()
    {
        var response = Read($$$"""{"trace_id":"{{{Trace}}}","response_status":200,"response_body":{"rows":[{"email":"jane.roe@customer-bank.com"},{"n":1}]}}""", out _)!;
        var answer = JsonSerializer.Deserialize(response.ToAnswer(), ScanJson.Default.ResponseScanAnswer)!;
        Assert.Equal(["PII"], answer.DataClasses);
        Assert.Equal(1, answer.FieldsRedactedCount);
        Assert.Equal("""{"rows":[{"email":"[REDACTED:EMAIL_ADDRESS]"},{"n":1}]}""", answer.SanitizedResponse.GetRawText());
        Assert.Contains(Tenant.Key.OfValue("JANE.ROE@customer-bank.com").High, response.Sensitive);
        Assert.DoesNotContain("jane", Encoding.UTF8.GetString(response.ToRecord(DateTimeOffset.UnixEpoch)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_is_clean_comes_back_as_it_was()
    {
        var response = Read($$$"""{"trace_id":"{{{Trace}}}","response_body":[1.0, null ,"x"]}""", out _)!;
        Assert.Equal("[1.0, null ,\"x\"]", Encoding.UTF8.GetString(response.SanitisedBody));
        Assert.Empty(response.Sensitive);
    }

    [Fact]
    public void Alike_answers_have_alike_fingerprints() => Assert.Equal(
        Read($$$"""{"trace_id":"{{{Trace}}}","response_body":{"a":1}}""", out _)!.Fingerprint,
        Read($$$"""{"response_body":{"a":1},"response_status":500,"trace_id":"{{{Trace}}}"}""", out _)!.Fingerprint);

    [Theory]
    [InlineData("{}", "$.trace_id,$.response_body")]
    [InlineData("""{"trace_id":"x","response_body":1}""", "$.trace_id")]
    [InlineData("""{"trace_id":"01930000-0000-7000-8000-000000000001","response_body":1,"response_status":600}""", "$.response_status")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public void What_is_not_sound_is_named(string json, string paths)
    {
        Assert.Null(Read(json, out var got));
        Assert.Equal(paths, got);
    }
}
