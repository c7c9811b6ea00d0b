using Interven.Contracts.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Approvals;

/// <summary>
/// The way of a person's word to an approval: to its grain, which wakes who waits there at once. A grain whose silo has died, or hangs, is not waited for until the cluster
/// has noticed: the word is then taken here, for the row decides and not the grain.
/// </summary>
sealed partial class Deciders(Deciding deciding, IGrainFactory grains, TimeProvider clock, ILogger<Deciders> log)
{
    /// <summary>Many times what a grain that lives needs, and with the second try well within the three seconds that Slack waits.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Reply<Approval>> Decide(TenantId tenant, ApprovalId approval, ApprovalWord word, Actor actor)
    {
        try
        {
            return await grains.GetGrain<IApprovalGrain>(GrainKeys.Approval(tenant.Value, approval.Value)).Decide(word, actor).WaitAsync(Patience, clock);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            Lost(log, e.GetType().Name, approval.Value);
        }
        // It may have been heard there all the same.
        return await deciding.Take(tenant, approval, word with { Again = true }, actor);
    }

    [LoggerMessage(2302, LogLevel.Warning, "The silo of approval {ApprovalId} does not answer ({Fault}); the decision is taken here")]
    static partial void Lost(ILogger logger, string fault, Guid approvalId);
}
