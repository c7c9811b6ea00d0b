using System.Net;
using Interven.GrainInterfaces;
using Interven.Grains;
using Interven.Grains.Leases;
using Interven.Grains.People;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Interven.Grains.Tenants;
using Interven.Silo.Egress;
using Interven.Silo.Sinks;
using Interven.Silo.Threats;
using Interven.Silo.Vault;
using Interven.Silo.Observability;
using Interven.Storage;
using Interven.Storage.Orleans;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.GrainDirectory;
using Orleans.Serialization;

namespace Interven.Silo.Hosting;

/// <summary>Makes a process a silo: grains, store, lease. One call for the silo's own host and for a front end that hosts it.</summary>
public static class SiloSetup
{
    public static void AddIntervenSilo(this IHostApplicationBuilder builder)
    {
        var settings = SiloSettings.From(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddIntervenStorage(settings.Storage);
        builder.Services.AddEgress(builder.Configuration);
        builder.Services.AddSingleton<ISinkSender, SinkSender>();
        builder.Services.AddSingleton<IAccessTokens, OauthTokens>();
        builder.Services.AddHostedService<ThreatFeedFolder>();
        // Before Orleans, so that our services stop after it: the lease is held until the last grain has answered.
        builder.Services.AddIntervenGrains();
        builder.UseOrleans(silo =>
        {
            Configure(silo, settings);
            if (ClusterTls.From(builder.Configuration) is { } tls)
                silo.UseTls(tls.Configure);
            if (builder.Environment.IsDevelopment())
                silo.AddDashboard();
            if (Telemetry.Exports(builder.Configuration))
                silo.AddActivityPropagation();
        });
        builder.Services.Configure<SiloLeaseOptions>(lease => lease.SiloName = settings.SiloName);
        builder.Services.Configure<OperatorOptions>(op => (op.Token, op.AdminEmail, op.AdminPassword) = (settings.AdminToken, settings.AdminEmail, settings.AdminPassword));
        builder.Services.AddOptions<SessionTerms>().Bind(builder.Configuration.GetSection("Interven:Sessions")).Validate(SessionTerms.IsSane, SessionTerms.Rule).ValidateOnStart();
        builder.Services.Configure<PublicAddress>(address => address.Url = builder.Configuration["INTERVEN_PUBLIC_URL"] ?? builder.Configuration["INTERVEN_URL"] ?? address.Url);
        builder.Services.AddSingleton(settings);
        if (settings.MakesDemoTenant)
            builder.Services.AddHostedService<FirstStart>();
        builder.Services.AddHostedService<StorageUpkeep>();
        Outbound.OutboundSetup.AddOutbound(builder.Services, builder.Configuration);
        // Grains move to other silos; k8s/base/silo.yaml gives the pod longer.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(40));
    }

    static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, ClusterNames.Service));
        silo.Configure<SiloOptions>(one => one.SiloName = settings.SiloName);
        silo.ConfigureEndpoints(settings.AdvertisedAddress, settings.SiloPort, settings.GatewayPort, settings.ListenOnAnyAddress);
        // A silo that starts asks all that are said to live; after a power cut those are dead, and known to be after three missed signs. One that is silent for
        // three times the longest probe is put out: 12 s, when its lease has been over for a while.
        silo.Configure<ClusterMembershipOptions>(membership =>
            (membership.ProbeTimeout, membership.MaxProbeTimeout, membership.IAmAliveTablePublishTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)));
        silo.Services.AddSingleton<IGrainDirectoryResolver, StatelessDirectory>();
        silo.Configure<SiloMessagingOptions>(messaging =>
            (messaging.MaxEnqueuedRequestsHardLimit, messaging.WaitForCancellationAcknowledgement) = (10_000, true));
        silo.Services.AddSerializer(serializer => serializer.AddContracts());
        if (settings.Storage.Provider == StorageProvider.Sqlite)
            // An embedded installation is one process: in a table it would find its own killed predecessor, and wait for that.
            silo.UseDevelopmentClustering(new IPEndPoint(settings.AdvertisedAddress, settings.SiloPort));
        else
            silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> clustering) => clustering.Configure<OrleansDatabase>((options, database) =>
                (options.Invariant, options.DataSource) = (database.Invariant, database.DataSource)));
        silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> reminders) => reminders.Configure<OrleansDatabase>((options, database) =>
            (options.Invariant, options.DataSource) = (database.Invariant, database.DataSource)));
        silo.AddAdoNetGrainStorageAsDefault((OptionsBuilder<AdoNetGrainStorageOptions> state) => state.Configure<OrleansDatabase>((options, database) =>
        {
            (options.Invariant, options.DataSource) = (database.Invariant, database.DataSource);
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new StateSerializer();
        }));
        silo.AddMemoryStreams(ClusterNames.LiveStream).AddMemoryGrainStorage("PubSubStore");
    }
}
