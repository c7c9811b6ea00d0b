using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.Grains.Outbound;
using Interven.Grains.Ports;
using Interven.Silo.Outbound;

namespace Interven.Silo.Slack;

/// <summary>Words to the one person who clicked. The response URL is a secret, so the queue holds it sealed.</summary>
sealed class SlackReplies(IOutbox outbox, IVault vault, ChannelClient client, OutboxBell bell, TimeProvider clock)
{
    const string Field = "slack reply";

    public async Task Say(TenantId tenant, string channel, string subject, string responseUrl, Message message)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Reply(responseUrl, message.ToJson()));
        var bytes = (await vault.For(tenant)).Seal(payload, $"{subject}/{channel}", Field);
        await outbox.Add([new(tenant, OutboxKinds.SlackReply, channel, subject, Convert.ToBase64String(bytes))]);
        bell.Ring();
    }

    /// <summary>Tried once or twice: a response URL is good for few posts, and words that come late confuse.</summary>
    public async Task Send(OutboxItem item)
    {
        if (clock.GetUtcNow() - item.CreatedAt > SlackCards.Life)
        {
            await outbox.Dropped(item, "too late");
            return;
        }
        var payload = (await vault.For(item.Row.Tenant)).Open(Convert.FromBase64String(item.Row.Payload), $"{item.Row.Subject}/{item.Row.Channel}", Field);
        var reply = JsonSerializer.Deserialize<Reply>(payload)!;
        var result = await client.Respond(reply.Url, reply.Message);
        if (result is SendResult.Sent)
            await outbox.Done(item, result.Detail);
        else
            await outbox.Failed(item, result.Detail, item.Attempts < 2 && result is SendResult.Again ? TimeSpan.FromSeconds(1) : null);
    }

    sealed record Reply(string Url, byte[] Message);
}
