using Interven.Contracts.Errors;
using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Agents;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Scanning;

/// <summary>What a tool answered: classified, redacted, recorded, and remembered for the read-then-write correlation.</summary>
sealed class ResponseFlow(KeyGate gate, TenantCache tenants, IResponseLog responses, IDecisionReads records, IDecisionLog decisions, IGrainFactory grains, TimeProvider clock)
{
    static readonly Refusal Unavailable = new(503, ReasonCodes.AuditUnavailable, "The store does not take the record; send it again.", RetryAfterSeconds: 1);

    public async Task<ScanReply> Answer(ScanCall call)
    {
        var trace = Guid.CreateVersion7(clock.GetUtcNow());
        try
        {
            return await Take(call, trace).WaitAsync(ScanFlow.Deadline, clock);
        }
        catch (TimeoutException)
        {
            decisions.Doubt();
            return Refused(trace, Unavailable);
        }
    }

    async Task<ScanReply> Take(ScanCall call, Guid trace)
    {
        var (key, refusal) = await gate.Enter(call.Token, call.ClientAddress);
        if (refusal is not null)
            return new(refusal.Status, trace, null, refusal);
        if (await tenants.Find(key!.Tenant) is not { } tenant)
            return Refused(trace, new(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked."));
        if (decisions.Health != LogHealth.Available)
            return Refused(trace, Unavailable);
        if (ResponseScan.Read(call.Body, tenant, out var problems) is not { } scanned)
            return Refused(trace, new(400, ReasonCodes.InvalidRequest, problems[0].Message, [.. problems.Select(problem => new FieldError(problem.Path, problem.Message))]));
        var now = clock.GetUtcNow();
        var row = new ResponseRow(key.Tenant, scanned.Trace, now, scanned.Classes, scanned.Redacted, scanned.Status,
            Convert.FromHexString(scanned.Fingerprint), scanned.ToRecord(now));
        if (!await responses.Append(row))
            return Refused(trace, new(404, ReasonCodes.NotFound, "There is no such scan.", [new("$.trace_id", "There is no such scan.")]));
        if (scanned.Sensitive.Count > 0 && await records.Find(key.Tenant, scanned.Trace) is { Row: var scan })
            grains.GetGrain<IAgentGrain>(GrainKeys.Agent(key.Tenant.Value, key.CountedKeyId, tenant.Key.OfLabel(scan.AgentId))).SensitiveRead([.. scanned.Sensitive]).Ignore();
        return new(200, scanned.Trace.Value, scanned.ToAnswer());
    }

    static ScanReply Refused(Guid trace, Refusal refusal) => new(refusal.Status, trace, null, refusal);
}
