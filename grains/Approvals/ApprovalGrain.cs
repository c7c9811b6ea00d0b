using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;

namespace Interven.Grains.Approvals;

/// <summary>
/// Loads the row, asks the engine's rules for the next state, writes it by one conditional statement, and on a lost race loads again. Two activations
/// of one approval therefore do no harm. Reentrant, or one parked caller would lock the deciders out.
/// </summary>
[GrainType("approval"), Reentrant]
sealed class ApprovalGrain : Grain, IApprovalGrain
{
    /// <summary>Each lost race means that somebody else's word was taken; there are at most five voters and one end.</summary>
    const int MostTries = 10;

    static readonly Refusal None = new(404, ReasonCodes.NotFound, "There is no such approval.");
    static readonly Refusal Busy = new(503, ReasonCodes.StorageUnavailable, "The approval could not be changed now; nothing was changed. Try again.", RetryAfterSeconds: 1);
    readonly IApprovalStore approvals;
    readonly Hearing hearing;
    readonly AgentLessons lessons;
    readonly ReviewDesk desk;
    readonly Redemption redemption;
    readonly TimeProvider clock;
    readonly Waiters waiters;

    public ApprovalGrain(
        IApprovalStore approvals, Hearing hearing, AgentLessons lessons, ReviewDesk desk, Redemption redemption, EndedApprovals ended, TimeProvider clock, IHostApplicationLifetime host)
    {
        (this.approvals, this.hearing, this.lessons, this.desk, this.redemption, this.clock) = (approvals, hearing, lessons, desk, redemption, clock);
        waiters = new(Look, ended, clock, host.ApplicationStopping);
    }

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    ApprovalId Id => new(GrainKeys.ApprovalOf(this.GetPrimaryKeyString()));

    public async Task<Reply<ApprovalStatus>> Status(TimeSpan wait, CancellationToken hungUp = default)
    {
        if (await Load() is not { } row)
            return None;
        if (row.State == ApprovalState.Pending && wait > TimeSpan.Zero)
            row = await waiters.Wait(row, wait, hungUp);
        return row.ToStatus();
    }

    public async Task<Reply<Approval>> Detail(Actor? viewer = null)
    {
        if (await Load() is not { } row)
            return None;
        var approval = row.ToApproval(waiters.Count);
        return viewer is null ? approval : approval with { Review = await desk.Of(row, viewer) };
    }

    public async Task<Reply<Approval>> Decide(ApprovalWord word, Actor actor)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await Load() is not { } row)
                return None;
            var heard = await hearing.Of(row, word, actor);
            if (heard.Refusal is { } refusal)
                return refusal;
            switch (ApprovalRules.Apply(heard.Case, heard.Command!, clock.GetUtcNow()))
            {
                case ApprovalRuling.Refused refused:
                    return RefusalOf(row, refused);
                case ApprovalRuling.Unchanged:
                    return row.ToApproval();
                case ApprovalRuling.Next next when await Write(row, next, actor, word.Note, heard.Edit) is { } written:
                    if (next.State == ApprovalState.Denied && next.Votes[^1].Vote == ApprovalRules.Denies)
                        lessons.DeniedByReviewer(row.Opening).Ignore();
                    return written.ToApproval();
            }
            // Lost to somebody else, or to the end of its time by the database's clock.
            await Look();
        }
        return Busy;
    }

    public async Task<Reply<RedeemedCall>> Redeem(Actor caller) => await Load() is { } row ? await redemption.Of(row, caller) : None;

    async Task<ApprovalRow?> Write(ApprovalRow row, ApprovalRuling.Next next, Actor actor, string? note, Edit? edit = null)
    {
        var votes = ApprovalCase.WriteVotes(next.Votes);
        var written = await approvals.Change(Tenant, Id, row.Version, new()
        {
            State = next.State,
            VotesJson = votes,
            DecidedBy = next.State == ApprovalState.Pending ? null : Duties.PersonOf(actor),
            Note = note,
            SealedEdit = edit?.Sealed,
            SealedEditView = edit?.SealedView,
            Audit = new()
            {
                Tenant = Tenant,
                Actor = actor,
                Action = next.State == ApprovalState.Pending ? "approval.voted" : "approval." + ApprovalRules.WordOf(next.State),
                Target = $"approval/{Id}",
                Before = row.VotesJson,
                After = votes,
                Result = ApprovalRules.ReasonOf(next.State, next.Votes) == ReasonCodes.PolicyChanged ? ReasonCodes.PolicyChanged : "ok",
            },
        });
        if (written is not null)
            waiters.Settle(written);
        return written;
    }

    /// <summary>The row as it stands; one whose time is over is ended first.</summary>
    async Task<ApprovalRow?> Look()
    {
        if (await Load() is not { } row)
            return null;
        if (ApprovalRules.Apply(row.ToCase(), new ApprovalCommand.Expire(), clock.GetUtcNow()) is ApprovalRuling.Next next)
            row = await Write(row, next, Actor.System, null) ?? row;
        waiters.Settle(row);
        return row;
    }

    ValueTask<ApprovalRow?> Load() => approvals.Find(Tenant, Id);

    static Refusal RefusalOf(ApprovalRow row, ApprovalRuling.Refused refused) => refused.Reason switch
    {
        ReasonCodes.OwnRequest => new(403, refused.Reason, "Whoever minted the calling key, or owns the agent, cannot approve its calls; somebody else has to."),
        ReasonCodes.NotEligible => new(403, refused.Reason, "The rule asks for members of a group, and you are none of them."),
        ReasonCodes.EditedMeanwhile => new(409, refused.Reason, "Somebody has edited the call since; look again, and approve with the `edit_hash` of what is there now."),
        _ => new(409, refused.Reason, $"The approval is {ApprovalRules.WordOf(refused.Outcome)} already{(row.DecidedBy is { } by ? $", by {by}" : "")}.",
            Outcome: ApprovalRules.WordOf(refused.Outcome)),
    };
}
