using System.Globalization;
using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Engine.Alerts.Slack;
using Interven.Engine.Approvals;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.Grains.Outbound;
using Interven.Grains.People;
using Interven.Grains.Ports;
using Interven.Silo.Outbound;

namespace Interven.Silo.Slack;

/// <summary>What a click that was proved comes to: a person's word on an approval, or honest words to whoever clicked, and an audit row.</summary>
sealed class SlackDecisions(IApprovalStore approvals, IAuditLog audit, SlackPeople people, PeopleNames names, SlackReplies replies, IOutbox outbox, OutboxBell bell, IGrainFactory grains)
{
    const string Unknown = "This approval is not known here any more. Nothing was changed.";

    public async Task Take(Channel channel, Interaction click, bool isGenuine, Actor clicker)
    {
        var approves = click.ActionId == SlackCard.Approve;
        if (click.Value.Approval is not { } id)
        {
            if (isGenuine && click.Value.Subject == ButtonValue.Test)
                await Say(channel, click, SlackCard.Tested(await names.Of(channel.Tenant, PersonOf(clicker)), approves));
            return;
        }
        // A button that we did not make for this very card is one of an approval that is not there.
        if (!isGenuine || await approvals.Find(channel.Tenant, new(id)) is not { } row)
        {
            await Refuse(channel, click, clicker, ReasonCodes.NotFound, Unknown);
            return;
        }
        var user = ClickRules.EmailOf(channel.Spec, click.Who) is { } email ? await people.Find(channel.Tenant, email) : null;
        var ruling = ClickRules.Judge(channel.Spec, click.Who, approves, row.Opening.Band, row.Opening.Required, user is not null, user is { MayDecide: true });
        if (ruling != ClickRuling.Allowed)
        {
            await Refuse(channel, click, clicker, ReasonCodes.NotEligible, ClickRules.WordsOf(ruling));
            return;
        }
        var actor = user is null ? clicker : new("user", user.Id, clicker.Ip, clicker.UserAgent);
        var reply = await grains.GetGrain<IApprovalsGrain>(GrainKeys.Tenant(channel.Tenant.Value)).Decide(id, new(approves, null), actor);
        // Decided elsewhere, when there was no way to this card yet: the click has brought one. A bot's card has changed already.
        if (!channel.IsBot && reply.Refusal is { Reason: ReasonCodes.AlreadyDecided })
            await outbox.Add([new(channel.Tenant, OutboxKinds.CardUpdate, channel.Id, row.Opening.Approval.ToString(), "{}")]);
        // The card's new words were written with the decision; whoever waits for that comes first.
        bell.RingSoon();
        // A member whom we know by a Slack id only, where the rules have come to ask for several people since.
        if (reply.Refusal is { Reason: ReasonCodes.NotEligible } && user is null)
            await Refuse(channel, click, actor, ReasonCodes.NotEligible, ClickRules.WordsOf(ClickRuling.Unlinked));
        else if (reply.Refusal is { } refusal)
            await Refuse(channel, click, actor, refusal.Reason, await WordsOf(channel.Tenant, new(id), refusal));
        else if (approves && reply.Value is { Status: "pending" } pending)
            await Say(channel, click, SlackCard.Reply($"Your approval counts: {People(pending)} of {pending.ApprovalsRequired} people so far."));
        else if (reply.Value is { Reason: ReasonCodes.PolicyChanged })
            await Say(channel, click, SlackCard.Reply("The rules changed since the approval was asked for, and now deny the call. It was denied."));
    }

    async Task Refuse(Channel channel, Interaction click, Actor actor, string reason, string words)
    {
        await audit.Write(new()
        {
            Tenant = channel.Tenant,
            Actor = actor,
            Action = "approval.click_refused",
            Target = click.Value.Approval is { } approval ? $"approval/{new ApprovalId(approval)}" : "alert_channel/" + channel.Id,
            Result = reason,
        });
        await Say(channel, click, SlackCard.Reply(words));
    }

    async Task Say(Channel channel, Interaction click, Message message)
    {
        if (click.ResponseUrl is { } url)
            await replies.Say(channel.Tenant, channel.Id, click.Value.Approval is { } approval ? "reply/" + new ApprovalId(approval) : click.Value.Subject, url, message);
    }

    async ValueTask<string> WordsOf(TenantId tenant, ApprovalId approval, Refusal refusal)
    {
        if (refusal.Reason != ReasonCodes.AlreadyDecided || await approvals.Find(tenant, approval) is not { } row)
            return refusal.Detail + " Nothing was changed.";
        var at = (row.DecidedAt ?? row.ExpiresAt).UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return row.State switch
        {
            ApprovalState.Approved or ApprovalState.Denied =>
                $"Already {ApprovalRules.WordOf(row.State)} by {await names.Of(tenant, row.DecidedBy ?? "")} at {at}. Your click changed nothing.",
            ApprovalState.Withdrawn => "The call was withdrawn; nobody waits for it. Your click changed nothing.",
            _ => $"Expired at {at}: nobody had answered in time. Your click changed nothing.",
        };
    }

    static int People(Approval approval) => approval.Votes.Where(vote => vote.Vote == ApprovalRules.Approves).Select(vote => vote.By).Distinct(StringComparer.Ordinal).Count();

    static string PersonOf(Actor actor) => $"{actor.Kind}/{actor.Id}";
}
