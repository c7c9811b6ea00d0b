using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Policies;
using Interven.Engine.Deciding;
using Interven.Engine.Policies;
using Interven.GrainInterfaces;

namespace Interven.Grains.Tenants;

sealed partial class TenantGrain
{
    public async Task<Reply<Simulation>> Simulate(byte[] request)
    {
        var (draft, scan, problems) = Parts(request);
        if (problems.Count > 0)
            return Malformed(problems);
        var reading = draft is null ? null : PolicyReader.Read(draft);
        if (reading is { IsValid: false })
            return new Refusal(400, ReasonCodes.InvalidPolicy, "The policy is refused whole.",
                [.. reading.Problems.Select(problem => new FieldError("$.policy" + problem.Path[1..], problem.Message))]);
        var tenant = reading?.Document is { } document ? await compiler.CompileWith(Tenant, document) : await cache.Find(Tenant);
        if (tenant is null)
            return NoTenant;
        var incoming = ScanReader.Read(scan);
        if (incoming.Scan is null)
            return Malformed([.. incoming.Problems.Select(problem => new FieldError("$.scan" + problem.Path[1..], problem.Message))]);
        switch (Preparation.Of(incoming.Scan, tenant, new() { KeyId = "simulation" }))
        {
            case PrepareReply.Prepared prepared:
                using (prepared.Scan)
                    return Explain(prepared.Scan);
            case PrepareReply.Refused refused:
                incoming.Scan.Dispose();
                return Malformed([.. refused.Problems.Select(problem => new FieldError("$.scan" + problem.Path[1..], problem.Message))]);
            default:
                throw new InvalidOperationException("Unknown preparation.");
        }
    }

    /// <summary>With a fresh agent's history: an agent that nothing is held against.</summary>
    Simulation Explain(PreparedScan scan)
    {
        scan.Classify();
        var now = clock.GetUtcNow();
        var verdict = Pipeline.Decide(scan, new(), now);
        return new(verdict.Decision, verdict.RiskScore, verdict.Band, verdict.Reasons,
            [.. scan.Tenant.Explain(Pipeline.FactsOf(scan, new(), verdict.RiskScore, now)).Select(rule => new RuleTrace(rule.PolicyName, rule.RuleId, rule.Matched, rule.FailedOn))]);
    }

    static (byte[]? Draft, byte[] Scan, IReadOnlyList<FieldError> Problems) Parts(byte[] request)
    {
        try
        {
            using var document = JsonDocument.Parse(request, new() { MaxDepth = 64, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("scan", out var scan))
                return (null, [], [new("$.scan", "The call to simulate is required: {\"scan\": {…}}.")]);
            var draft = document.RootElement.TryGetProperty("policy", out var policy) && policy.ValueKind != JsonValueKind.Null ? Bytes(policy) : null;
            return (draft, Bytes(scan), []);
        }
        catch (JsonException)
        {
            return (null, [], [new("$", "The body is not a valid JSON object.")]);
        }
    }

    static byte[] Bytes(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    static Refusal Malformed(IReadOnlyList<FieldError> problems) => new(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);
}
