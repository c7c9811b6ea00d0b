using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.Grains.Alerts;
using Interven.Grains.Ports;
using Interven.Silo.Slack;

namespace Interven.Silo.Outbound;

/// <summary>Sends what a channel's turn holds: one message, or one in the place of too many.</summary>
sealed class Sender(IOutbox outbox, IDocumentStore documents, IVault vault, AlertReader alerts, ChannelClient client, SlackCards cards, TimeProvider clock)
{
    /// <summary>More than these waiting for one channel are told in one message: at one a second the last would come after its approval is over.</summary>
    public const int MostOneByOne = 30;

    /// <summary>One message a second for each channel.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>How long the channel pauses, and what went wrong with it: empty for nothing, null where nothing was sent.</summary>
    public async Task<(TimeSpan Pause, string? Error)> Send(OutboxTurn turn)
    {
        var item = turn.Item;
        if (await documents.Find(item.Row.Tenant, ChannelList.Kind, item.Row.Channel) is not { } row || await Channel.Open(row, vault) is not { Spec.Enabled: true } channel)
            return await Drop(item, "the channel is gone or switched off");
        var waiting = turn.Waiting.FirstOrDefault(one => one.Kind == item.Row.Kind);
        if (waiting is { Count: > MostOneByOne })
            return await Together(turn, channel, waiting);
        if (await alerts.Read(item.Row) is not var (alert, _))
            return await Drop(item, "what it was about is gone");
        if (alert is Alert.Approval { Facts: var facts } && (facts.State != ApprovalState.Pending || facts.ExpiresAt <= clock.GetUtcNow()))
            return await Drop(item, "the approval is over");
        var result = await Post(channel, alert, item);
        if (result is SendResult.Sent sent)
        {
            if (alert is Alert.Approval approval && sent.Ts is { } ts)
                await cards.Posted(channel, approval, ts);
            await outbox.Done(item, sent.Detail);
            return (Pace, "");
        }
        return await Failed(turn, result);
    }

    /// <summary>When an attempt came to nothing: again, or never.</summary>
    public static TimeSpan? NextTry(OutboxItem item, SendResult result, DateTimeOffset now, double chance)
    {
        if (result is not SendResult.Again again)
            return null;
        var pause = again.After ?? SendResult.Pause(item.Attempts, chance);
        return now + pause - item.CreatedAt < GiveUpAfter ? pause : null;
    }

    async Task<SendResult> Post(Channel channel, Alert alert, OutboxItem item) => channel.Spec.Type == ChannelType.Slack
        ? await client.Post(channel, SlackCard.Of(alert, await cards.Buttons(channel, alert)))
        : await client.Post(channel, alert, $"{item.Id}");

    async Task<(TimeSpan, string?)> Together(OutboxTurn turn, Channel channel, WaitingKind waiting)
    {
        var what = waiting.Kind == OutboxKinds.ApprovalCard ? AlertEvents.RequireApproval : AlertEvents.Deny;
        var result = await Post(channel, await alerts.Summary(channel.Tenant, what, waiting.Count), turn.Item);
        if (result is not SendResult.Sent)
            return await Failed(turn, result);
        await outbox.ToldTogether(turn.Item with { Id = waiting.Last }, $"told in one message of {waiting.Count}");
        return (Pace, "");
    }

    async Task<(TimeSpan, string?)> Failed(OutboxTurn turn, SendResult result)
    {
        var again = NextTry(turn.Item, result, clock.GetUtcNow(), Random.Shared.NextDouble());
        await outbox.Failed(turn.Item, result.Detail, again);
        // The channel as a whole pauses for as long as it keeps failing, so that a dead one is asked seldom.
        return result is SendResult.Again { After: var after }
            ? (after ?? SendResult.Pause(turn.Failures + 1, Random.Shared.NextDouble()), result.Detail)
            : (Pace, result.Detail);
    }

    async Task<(TimeSpan, string?)> Drop(OutboxItem item, string why)
    {
        await outbox.Dropped(item, why);
        return (TimeSpan.Zero, null);
    }
}
