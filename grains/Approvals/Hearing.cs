using Interven.Engine.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>What a person's word means to the rules: what they are to the call, and what the policies of this moment make of it.</summary>
sealed class Hearing(IVault vault, CallReview review, Duties duties, Edits edits)
{
    /// <summary>Kind of an actor who is nobody's console user.</summary>
    const string SlackMember = "slack";

    public async ValueTask<Heard> Of(ApprovalRow row, ApprovalWord word, Actor actor)
    {
        var by = Duties.PersonOf(actor);
        var asked = row.ToCase();
        // What is over is refused by the rules, whoever speaks.
        if (!word.Approves || row.State != ApprovalState.Pending)
            return new(asked, new ApprovalCommand.Deny(by, word.Note));
        if (SealedCall.Open(await vault.For(row.Opening.Tenant), row.Opening) is not { } call)
            return new(asked, new ApprovalCommand.Approve(by, word.Note, false, false, IsNowDenied: true));
        Edit? edit = null;
        if (word.Body is { } body)
        {
            var reply = await edits.Of(row, call, body);
            if (reply.Refusal is { } refusal)
                return new(asked, null, refusal);
            edit = reply.Value;
        }
        // An edit has just been decided; the call that it replaces need not pass any more.
        using var today = edit is null ? await review.Of(row.Opening, await edits.Open(row) ?? call) : null;
        var terms = today?.Verdict.Approval;
        var standing = await duties.Of(row.Opening, terms?.ApproverGroup, today?.Scan.AgentId, actor);
        var required = Math.Max(asked.Required, terms?.Required ?? 1);
        // A Slack id alone does not tell one of several people from another (ruling 19), also where the rules have come to ask for several since the card.
        var isKnown = required == 1 || actor.Kind != SlackMember;
        var command = new ApprovalCommand.Approve(
            by, word.Note, standing.IsOwn, standing.AreSeparate, edit is null && today is not { Verdict.Decision: not Decision.Deny },
            standing.IsEligible && isKnown, edit is not null, word.EditHash == await edits.HashOf(row));
        return new(asked with { Required = required }, command, null, edit);
    }
}

/// <param name="Case">The approval, under the stricter of the terms it was asked under and today's.</param>
/// <param name="Command">What was said; null where it is refused.</param>
/// <param name="Refusal">Why it cannot even be put to the rules.</param>
/// <param name="Edit">Another body, to be kept with the vote.</param>
sealed record Heard(ApprovalCase Case, ApprovalCommand? Command, Refusal? Refusal = null, Edit? Edit = null);
