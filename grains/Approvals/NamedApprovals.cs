using Interven.Contracts.Approvals;
using Interven.Grains.People;

namespace Interven.Grains.Approvals;

/// <summary>Approvals with those who decided them called as people call them.</summary>
static class NamedApprovals
{
    public static async ValueTask<Approval> In(this Approval approval, NameBook names)
    {
        var votes = new List<ApprovalVote>(approval.Votes.Count);
        foreach (var vote in approval.Votes)
            votes.Add(vote with { ByName = await names.Of(vote.By) });
        return approval with { Votes = votes, DecidedByName = await names.Of(approval.DecidedBy), Review = approval.Review is { } review ? await review.In(names) : null };
    }

    public static async ValueTask<Grant> In(this Grant grant, NameBook names) => grant with { GrantedByName = await names.Of(grant.GrantedBy) };

    static async ValueTask<ApprovalReview> In(this ApprovalReview review, NameBook names)
    {
        var earlier = new List<EarlierDecision>(review.Earlier.Count);
        foreach (var one in review.Earlier)
            earlier.Add(one with { DecidedByName = await names.Of(one.DecidedBy) });
        return review with { Earlier = earlier, Edit = review.Edit is { } edit ? edit with { ByName = await names.Of(edit.By) } : null };
    }
}
