using Interven.Engine.Deciding;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Interven.Grains.Tenants;

namespace Interven.Grains.Approvals;

/// <summary>
/// Decides a paused call anew, by the rules and settings of this moment. The agent's history is left out: what it did
/// counted when the call was made, and a look-up must not count as another call.
/// </summary>
sealed class CallReview(TenantCache tenants, TimeProvider clock)
{
    /// <summary>The call as it was sent; null where it cannot be read any more.</summary>
    public async ValueTask<ReadCall?> Read(ApprovalOpening opening, SealedCall call)
    {
        if (await tenants.Find(opening.Tenant) is not { } tenant)
            return null;
        var caller = new Caller { KeyId = opening.KeyId, KeyPrefix = call.KeyPrefix, AgentId = call.DefaultAgentId, Env = opening.Env, ClientIp = call.ClientIp };
        return ScanRequests.Read(call.Body, call.Form, tenant, caller).Scan is { } scan ? new(tenant, scan) : null;
    }

    /// <summary>Null where the call cannot be decided any more (its environment or tenant is gone): it may not be executed.</summary>
    public async ValueTask<ReviewedCall?> Of(ApprovalOpening opening, SealedCall call)
    {
        if (await Read(opening, call) is not { } read)
            return null;
        read.Scan.Classify();
        return new(read.Tenant, read.Scan, Pipeline.Decide(read.Scan, new(), clock.GetUtcNow()));
    }
}

/// <param name="Tenant">Of this moment.</param>
/// <param name="Scan">The call, not classified yet.</param>
sealed record ReadCall(TenantSnapshot Tenant, PreparedScan Scan) : IDisposable
{
    public void Dispose() => Scan.Dispose();
}

/// <param name="Tenant">The rules that it was decided by.</param>
/// <param name="Scan">The call, classified.</param>
/// <param name="Verdict">What they make of it.</param>
sealed record ReviewedCall(TenantSnapshot Tenant, PreparedScan Scan, Verdict Verdict) : IDisposable
{
    public void Dispose() => Scan.Dispose();
}
