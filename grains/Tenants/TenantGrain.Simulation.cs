using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Policies;
using Interven.Contracts.Scanning;
using Interven.Engine.Deciding;
using Interven.Engine.Risk;
using Interven.GrainInterfaces;

namespace Interven.Grains.Tenants;

sealed partial class TenantGrain
{
    public async Task<Reply<Simulation>> Simulate(byte[] request)
    {
        var (parts, malformed) = SimulationParts.Read(request);
        if (parts is null)
            return malformed!;
        var tenant = parts.Drafts.Count == 0 && !parts.Alone ? await cache.Find(Tenant) : await compiler.CompileWith(Tenant, parts.Drafts, parts.Alone);
        if (tenant is null)
            return NoTenant;
        var incoming = ScanReader.Read(parts.Scan);
        if (incoming.Scan is null)
            return SimulationParts.Malformed([.. incoming.Problems.Select(problem => new FieldError("$.scan" + problem.Path[1..], problem.Message))]);
        switch (Preparation.Of(incoming.Scan, tenant, new() { KeyId = "simulation" }))
        {
            case PrepareReply.Prepared prepared:
                using (prepared.Scan)
                    return Explain(prepared.Scan, parts.Agent, parts.At ?? clock.GetUtcNow());
            case PrepareReply.Refused refused:
                incoming.Scan.Dispose();
                return SimulationParts.Malformed([.. refused.Problems.Select(problem => new FieldError("$.scan" + problem.Path[1..], problem.Message))]);
            default:
                throw new InvalidOperationException("Unknown preparation.");
        }
    }

    static Simulation Explain(PreparedScan scan, AgentFacts? agent, DateTimeOffset at)
    {
        scan.Classify();
        var verdict = Pipeline.Decide(scan, agent, at);
        var rules = scan.Tenant.Explain(Pipeline.FactsOf(scan, agent, verdict.RiskScore, at));
        return new(verdict.Decision, verdict.RiskScore, verdict.Band, verdict.Reasons,
            [.. rules.Select(rule => new RuleTrace(rule.PolicyName, rule.RuleId, rule.Matched, rule.FailedOn))],
            verdict.Call.Tool, verdict.Call.ShownOperation, verdict.Call.Verb, [.. verdict.Classes.EachWord()], Findings(verdict),
            verdict.Rule?.PolicyName, verdict.Rule?.RuleId,
            verdict.SanitisedBody is { } body ? JsonSerializer.Deserialize(body, ContractJson.Default.JsonElement) : null);
    }

    static ScanFinding[] Findings(Verdict verdict) =>
    [
        .. verdict.Findings.GroupBy(found => (found.DataClass, found.Kind, found.Path, found.Confidence))
            .Select(place => new ScanFinding(place.Key.DataClass, place.Key.Kind, place.Key.Path, place.Sum(found => found.Count), place.Key.Confidence)),
    ];
}
