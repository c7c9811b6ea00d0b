using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.Grains.Alerts;
using Interven.Grains.Outbound;
using Interven.Grains.Ports;
using Interven.Silo.Outbound;

namespace Interven.Silo.Slack;

/// <summary>Cards after they were posted: what their buttons carry, and how they come to say something else.</summary>
sealed class SlackCards(ISlackStore slack, IApprovalStore approvals, IDocumentStore documents, IOutbox outbox, IVault vault, AlertReader alerts, ChannelClient client, OutboxBell bell, TimeProvider clock)
{
    const string Field = "slack card";

    /// <summary>Slack takes five posts in 30 minutes; one is left for words to whoever clicked, and one for chance.</summary>
    public const int Uses = 3;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(29);

    public async ValueTask<SlackButtons> Buttons(Channel channel, Alert alert)
    {
        var subject = alert switch { Alert.Approval approval => approval.Facts.Id.ToString("N"), Alert.Test => ButtonValue.Test, _ => ButtonValue.Link };
        return new(channel.Id, CardNonce.Of(await vault.For(channel.Tenant), subject, channel.Id), channel.Spec.MaxBand);
    }

    /// <summary>The way back to the card of a click.</summary>
    public async ValueTask<CardHandle> HandleOf(TenantId tenant, ApprovalId approval, string channel, string responseUrl) =>
        new(tenant, approval, channel, Seal(await vault.For(tenant), approval, channel, new(responseUrl, null, null)), Uses, Life);

    /// <summary>A bot's card can be changed for as long as the approval lives. One that ended while it was being posted is changed at once.</summary>
    public async Task Posted(Channel channel, Alert.Approval card, string ts)
    {
        var approval = new ApprovalId(card.Facts.Id);
        await slack.Keep(new(channel.Tenant, approval, channel.Id, Seal(await vault.For(channel.Tenant), approval, channel.Id, new(null, channel.Spec.SlackChannel, ts)), null, null));
        if (await approvals.Find(channel.Tenant, approval) is { State: not ApprovalState.Pending })
        {
            await outbox.Add([new(channel.Tenant, OutboxKinds.CardUpdate, channel.Id, approval.ToString(), "{}")]);
            bell.Ring();
        }
    }

    /// <summary>Makes a posted card say what is so now.</summary>
    public async Task Update(OutboxItem item)
    {
        var (tenant, approval) = (item.Row.Tenant, new ApprovalId(Guid.Parse(item.Row.Subject)));
        if (await documents.Find(tenant, ChannelList.Kind, item.Row.Channel) is not { } row || await Channel.Open(row, vault) is not { Spec.Enabled: true } channel)
            await outbox.Dropped(item, "the channel is gone or switched off");
        else if (await approvals.Find(tenant, approval) is not { } before || await alerts.Approval(tenant, approval) is not { } alert)
            await outbox.Dropped(item, "what it was about is gone");
        else if (await slack.Use(tenant, approval, channel.Id) is not { } handle)
            await outbox.Dropped(item, "the card cannot be changed any more");
        else
        {
            var message = SlackCard.Of(alert, await Buttons(channel, alert));
            var result = await Send(channel, approval, handle, message);
            if (result is not SendResult.Sent)
                await outbox.Failed(item, result.Detail, Sender.NextTry(item, result, clock.GetUtcNow(), Random.Shared.NextDouble()));
            // What changed while this was on its way might have been overtaken by it.
            else if (await approvals.Find(tenant, approval) is { } now && now.Version != before.Version)
                await outbox.Failed(item, result.Detail, TimeSpan.Zero);
            else
                await outbox.Done(item, result.Detail);
        }
    }

    async Task<SendResult> Send(Channel channel, ApprovalId approval, CardHandle handle, Message message)
    {
        var place = Open(await vault.For(channel.Tenant), approval, channel.Id, handle.Sealed);
        if (place.ResponseUrl is { } url)
            return await client.Respond(url, (message with { ReplaceOriginal = true }).ToJson());
        return channel.IsBot
            ? await client.Update(channel, message with { Channel = place.Channel, Ts = place.Ts })
            : new SendResult.Never("the channel has no bot any more");
    }

    static byte[] Seal(ITenantVault sealer, ApprovalId approval, string channel, CardPlace place) =>
        sealer.Seal(JsonSerializer.SerializeToUtf8Bytes(place), $"{approval}/{channel}", Field);

    static CardPlace Open(ITenantVault sealer, ApprovalId approval, string channel, byte[] bytes) =>
        JsonSerializer.Deserialize<CardPlace>(sealer.Open(bytes, $"{approval}/{channel}", Field))!;

    /// <summary>Either a response URL or a message of the bot.</summary>
    sealed record CardPlace(string? ResponseUrl, string? Channel, string? Ts);
}
