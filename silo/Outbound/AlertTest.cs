using Interven.Contracts.Alerts;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.Grains.Ports;
using Interven.Silo.Slack;

namespace Interven.Silo.Outbound;

sealed class AlertTest(AlertReader alerts, ChannelClient client, SlackCards cards, IVault vault, TimeProvider clock) : IAlertTest
{
    public async Task<AlertTestResult> Send(TenantDocument channel, CancellationToken cancel = default)
    {
        var open = await Channel.Open(channel, vault);
        var alert = await alerts.Test(open.Tenant, open.Spec.Name);
        var result = open.Spec.Type == ChannelType.Slack
            ? await client.Post(open, SlackCard.Of(alert, await cards.Buttons(open, alert)))
            : await client.Post(open, alert, $"test-{clock.GetUtcNow().ToUnixTimeMilliseconds()}");
        return new(result is SendResult.Sent, result.Detail);
    }
}
