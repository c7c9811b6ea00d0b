using Interven.Contracts.Approvals;
using Interven.Engine.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Leases;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>
/// Loads the row, asks the engine's rules for the next state, writes it by one conditional statement, and on a lost race loads again. It may therefore be done anywhere,
/// and in several places at once.
/// </summary>
sealed class Deciding(IApprovalStore approvals, Hearing hearing, AgentLessons lessons, EndedApprovals ended, PeopleNames names, SiloLease lease)
{
    /// <summary>Each lost race means that somebody else's word was taken; there are at most five voters and one end.</summary>
    const int MostTries = 10;

    public static readonly Refusal None = new(404, ReasonCodes.NotFound, "There is no such approval.");
    static readonly Refusal Busy = new(503, ReasonCodes.StorageUnavailable, "The approval could not be changed now; nothing was changed. Try again.", RetryAfterSeconds: 1);

    public async Task<Reply<Approval>> Take(TenantId tenant, ApprovalId approval, ApprovalWord word, Actor actor)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await approvals.Find(tenant, approval) is not { } row)
                return None;
            var heard = await hearing.Of(row, word, actor);
            if (heard.Refusal is { } refusal)
                return refusal;
            switch (ApprovalRules.Apply(heard.Case, heard.Command!, lease.Now))
            {
                case ApprovalRuling.Refused when word.Again && WasHeard(row, word, actor):
                case ApprovalRuling.Unchanged:
                    return Told(row, heard);
                case ApprovalRuling.Refused refused:
                    return RefusalOf(refused, row.DecidedBy is { } by ? await names.Of(tenant, by) : null);
                case ApprovalRuling.Next next when await Write(row, next, actor, word.Note, heard.Edit) is { } written:
                    if (next.State == ApprovalState.Denied && next.Votes[^1].Vote == ApprovalRules.Denies)
                        lessons.DeniedByReviewer(row.Opening).Ignore();
                    return Told(written, heard);
            }
            // Lost to somebody else, or to the end of its time by the database's clock.
            await End(tenant, approval);
        }
        return Busy;
    }

    /// <summary>Ends one whose time is over.</summary>
    async Task End(TenantId tenant, ApprovalId approval)
    {
        if (await approvals.Find(tenant, approval) is { } row && ApprovalRules.Apply(row.ToCase(), new ApprovalCommand.Expire(), lease.Now) is ApprovalRuling.Next next)
            await Write(row, next, Actor.System, null);
    }

    async Task<ApprovalRow?> Write(ApprovalRow row, ApprovalRuling.Next next, Actor actor, string? note, Edit? edit = null)
    {
        var (tenant, approval, votes) = (row.Opening.Tenant, row.Opening.Approval, ApprovalCase.WriteVotes(next.Votes));
        var written = await approvals.Change(tenant, approval, row.Version, new()
        {
            State = next.State,
            VotesJson = votes,
            DecidedBy = next.State == ApprovalState.Pending ? null : Duties.PersonOf(actor),
            Note = note,
            SealedEdit = edit?.Sealed,
            SealedEditView = edit?.SealedView,
            Audit = new()
            {
                Tenant = tenant,
                Actor = actor,
                Action = next.State == ApprovalState.Pending ? "approval.voted" : "approval." + ApprovalRules.WordOf(next.State),
                Target = $"approval/{approval}",
                Before = row.VotesJson,
                After = votes,
                Result = ApprovalRules.ReasonOf(next.State, next.Votes) == ReasonCodes.PolicyChanged ? ReasonCodes.PolicyChanged : "ok",
            },
        });
        if (written is not null)
            ended.Tell(written);
        return written;
    }

    /// <summary>While it is pending, with the number of people that it was heard under.</summary>
    static Approval Told(ApprovalRow row, Heard heard) =>
        row.State == ApprovalState.Pending ? row.ToApproval() with { ApprovalsRequired = heard.Case.Required } : row.ToApproval();

    /// <summary>The word that is said again was the one that ended it.</summary>
    static bool WasHeard(ApprovalRow row, ApprovalWord word, Actor actor) =>
        row.State is ApprovalState.Approved or ApprovalState.Denied && row.DecidedBy == Duties.PersonOf(actor)
        && ApprovalCase.ReadVotes(row.VotesJson) is [.., { } last] && last.By == row.DecidedBy
        && (word.Approves ? last.Vote is ApprovalRules.Approves or ApprovalRules.RulesChanged : last.Vote == ApprovalRules.Denies);

    static Refusal RefusalOf(ApprovalRuling.Refused refused, string? decider) => refused.Reason switch
    {
        ReasonCodes.OwnRequest => new(403, refused.Reason, "Whoever minted the calling key, or owns the agent, cannot approve its calls; somebody else has to."),
        ReasonCodes.NotEligible => new(403, refused.Reason, "The rule asks for members of a group, and you are none of them."),
        ReasonCodes.EditedMeanwhile => new(409, refused.Reason, "Somebody has edited the call since; look again, and approve with the `edit_hash` of what is there now."),
        // Nobody decided what ended by itself.
        _ when refused.Outcome == ApprovalState.Expired => new(409, refused.Reason, "The approval has expired: nobody answered in time.", Outcome: ApprovalRules.WordOf(refused.Outcome)),
        _ when refused.Outcome == ApprovalState.Withdrawn => new(409, refused.Reason, "The call was withdrawn; nobody waits for it.", Outcome: ApprovalRules.WordOf(refused.Outcome)),
        _ => new(409, refused.Reason, $"The approval is {ApprovalRules.WordOf(refused.Outcome)} already{(decider is null ? "" : $", by {decider}")}.",
            Outcome: ApprovalRules.WordOf(refused.Outcome)),
    };
}
