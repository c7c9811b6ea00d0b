using Interven.Grains.Ports;
using Interven.Silo.Slack;

namespace Interven.Silo.Outbound;

/// <summary>Everything that a silo sends.</summary>
static class OutboundSetup
{
    public static void AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SlackOptions.From(configuration));
        services.AddSingleton<AlertReader>();
        services.AddSingleton<ChannelClient>();
        services.AddSingleton<SlackCards>();
        services.AddSingleton<SlackReplies>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<SlackDecisions>();
        services.AddSingleton<SlackMetrics>();
        services.AddSingleton<Sender>();
        services.AddSingleton<IAlertTest, AlertTest>();
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<OutboxUpkeep>();
    }
}
