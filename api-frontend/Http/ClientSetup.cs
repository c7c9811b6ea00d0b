using Interven.GrainInterfaces;
using Interven.Silo.Hosting;
using Interven.Silo.Observability;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Interven.ApiFrontend.Http;

/// <summary>Joins a cluster of silos as an Orleans client; the silos are found in the database's membership table.</summary>
static class ClientSetup
{
    public static void AddIntervenClient(this IHostApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString("Interven")
            ?? throw new InvalidOperationException("ConnectionStrings:Interven is required for a front end without a silo of its own.");
        var losses = new GatewayLosses();
        builder.Services.AddSingleton(losses);
        builder.UseOrleansClient(client =>
        {
            client.AddGatewayCountChangedHandler((_, count) => losses.Changed(count.NumberOfConnectedGateways, count.PreviousNumberOfConnectedGateways));
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (builder.Configuration["Interven:Silo:ClusterId"] ?? "interven", ClusterNames.Service));
            if (ClusterTls.From(builder.Configuration) is { } tls)
                client.UseTls(tls.Configure);
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", connection));
            client.UseConnectionRetryFilter((_, cancel) => Task.FromResult(!cancel.IsCancellationRequested));
            // A scan that is released has an answer on its way: it is waited for.
            client.Configure<ClientMessagingOptions>(messaging => messaging.WaitForCancellationAcknowledgement = true);
            // A silo that starts again at its old address is there for TCP before it takes messages: it must not hold calls that another silo could answer.
            client.Configure<ConnectionOptions>(connections => connections.OpenConnectionTimeout = TimeSpan.FromMilliseconds(700));
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
            if (Telemetry.Exports(builder.Configuration))
                client.AddActivityPropagation();
            client.AddMemoryStreams(ClusterNames.LiveStream);
            client.Services.AddSerializer(serializer => serializer.AddContracts());
        });
    }
}
