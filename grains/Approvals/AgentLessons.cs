using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.Grains.Agents;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>What reviewers' words teach an agent's memory: a denial costs trust, an approved call that was carried out earns some. The memory advises, so a lesson that is lost does no harm.</summary>
sealed class AgentLessons(IEphemeralKeyStore ephemeralKeys, IVault vault, CallReview review, IGrainFactory grains)
{
    /// <param name="opening">As it was before the denial took its sealed call away.</param>
    public async Task DeniedByReviewer(ApprovalOpening opening)
    {
        if (SealedCall.Open(await vault.For(opening.Tenant), opening) is not { } call)
            return;
        using var read = await review.Read(opening, call);
        if (read is { } known)
            await (await AgentOf(opening, known.Scan)).DeniedByReviewer();
    }

    public async Task Redeemed(ApprovalOpening opening, PreparedScan scan)
    {
        // Before the scan's buffers are gone.
        var agent = scan.Tenant.Key.OfLabel(scan.AgentId);
        await (await AgentOf(opening.Tenant, opening.KeyId, agent)).Redeemed();
    }

    public Task Redeemed(TenantId tenant, string countedKeyId, PreparedScan scan) =>
        grains.GetGrain<IAgentGrain>(GrainKeys.Agent(tenant.Value, countedKeyId, scan.Tenant.Key.OfLabel(scan.AgentId))).Redeemed();

    ValueTask<IAgentGrain> AgentOf(ApprovalOpening opening, PreparedScan scan) => AgentOf(opening.Tenant, opening.KeyId, scan.Tenant.Key.OfLabel(scan.AgentId));

    /// <summary>An ephemeral key's agents are known under the key that minted it.</summary>
    async ValueTask<IAgentGrain> AgentOf(TenantId tenant, string keyId, ulong agent)
    {
        var counted = await ephemeralKeys.Find(new(keyId)) is { } child ? child.Parent.Value : keyId;
        return grains.GetGrain<IAgentGrain>(GrainKeys.Agent(tenant.Value, counted, agent));
    }
}
