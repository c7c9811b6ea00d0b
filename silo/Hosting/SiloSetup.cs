using Interven.Grains.Agents;
using Interven.Grains.Approvals;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Scanning;
using Interven.Grains.Tenants;
using Interven.Storage;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Interven.Silo.Hosting;

/// <summary>Makes a process a silo: grains, store, lease. One call for the silo's own host and for a front end that hosts it.</summary>
public static class SiloSetup
{
    public static void AddIntervenSilo(this IHostApplicationBuilder builder)
    {
        var options = SiloOptions.From(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddIntervenStorage(options.Storage);
        builder.Services.AddIntervenGrains();
        builder.Services.Configure<SiloLeaseOptions>(lease => lease.SiloName = options.SiloName);
        builder.Services.Configure<OperatorOptions>(op => op.Token = options.AdminToken);
        builder.Services.AddHostedService<FirstStart>();
        builder.UseOrleans(silo => Configure(silo, options));
    }

    static void Configure(ISiloBuilder silo, SiloOptions options)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, ClusterNames.Service));
        silo.Configure<Orleans.Configuration.SiloOptions>(one => one.SiloName = options.SiloName);
        silo.ConfigureEndpoints(options.AdvertisedAddress, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: options.ListenOnAnyAddress);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = 10_000);
        silo.Configure<ClusterMembershipOptions>(membership => membership.ProbeTimeout = TimeSpan.FromSeconds(2));
        silo.Configure<GrainCollectionOptions>(collection => collection.EnableActivationSheddingOnMemoryPressure = true);
        silo.Services.AddSerializer(serializer => serializer.AddContracts());
        silo.UseIntervenOrleansStorage();
        silo.AddMemoryStreams(ClusterNames.LiveStream).AddMemoryGrainStorage("PubSubStore");
        if (options.UseDashboardMetrics)
            silo.AddActivityPropagation();
    }
}
