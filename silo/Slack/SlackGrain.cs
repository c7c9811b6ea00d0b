using System.Security.Cryptography;
using System.Text;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.GrainInterfaces.Alerts;
using Interven.Grains.Ports;
using Interven.Silo.Outbound;
using Orleans.Concurrency;

namespace Interven.Silo.Slack;

/// <summary>
/// One click: the channel's secret proves it before anything of it is believed; then it counts once, and is judged and decided. Reentrant, for it
/// awaits the store.
/// </summary>
[GrainType("slack"), StatelessWorker, Reentrant]
sealed class SlackGrain(ISlackStore slack, IVault vault, SlackCards cards, SlackDecisions decisions, SlackMetrics metrics, SlackOptions options, TimeProvider clock) : Grain, ISlackGrain
{
    const int Taken = 200, Refused = 401;

    public async Task<int> Click(SlackRequest request)
    {
        if (!SlackSignature.IsFresh(request.Timestamp, clock.GetUtcNow()) || SlackSignature.Read(request.Signature) is not { } signature)
            return Refuse("stale or malformed");
        var channel = await ChannelOf(request);
        if (!SlackSignature.Matches(channel?.Secrets.SigningSecret, request.Timestamp, request.Body, signature) || channel is null)
            return Refuse("signature");
        var click = Interaction.Read(request.Body);
        if (!await slack.TakeSignature(channel.Tenant, channel.Id, signature, await HandleOf(channel, click)))
        {
            metrics.Replayed();
            return Taken;
        }
        // Proved, and yet no click on a button of this channel: nobody but whoever holds its secret can make that.
        if (click is null || click.Value.Channel.ToString() != channel.Id)
            return Refuse("payload");
        metrics.Took();
        if (click.ActionId != SlackCard.Console)
            await decisions.Take(channel, click, await IsGenuine(channel, click), new("slack", click.Who.Id, request.Ip, request.UserAgent));
        return Taken;
    }

    /// <summary>Null where no such channel takes clicks; the signature is computed all the same.</summary>
    async ValueTask<Channel?> ChannelOf(SlackRequest request)
    {
        var id = request.Channel is { } path ? Guid.TryParseExact(path, "D", out var named) ? named : null : Interaction.ChannelOf(request.Body);
        if (id is not { } known || await slack.FindChannel(known.ToString()) is not { } row)
            return null;
        var channel = await Channel.Open(row, vault);
        return channel.Spec is { Type: ChannelType.Slack, Enabled: true } ? channel : null;
    }

    async ValueTask<CardHandle?> HandleOf(Channel channel, Interaction? click) =>
        click is { Value.Approval: { } approval, ResponseUrl: { } url } && click.Value.Channel.ToString() == channel.Id && options.MayRespondTo(url) && await IsGenuine(channel, click)
            ? await cards.HandleOf(channel.Tenant, new(approval), channel.Id, url)
            : null;

    async ValueTask<bool> IsGenuine(Channel channel, Interaction click) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(CardNonce.Of(await vault.For(channel.Tenant), click.Value.Subject, channel.Id)), Encoding.ASCII.GetBytes(click.Value.Nonce));

    int Refuse(string cause)
    {
        metrics.Refused(cause);
        return Refused;
    }
}
