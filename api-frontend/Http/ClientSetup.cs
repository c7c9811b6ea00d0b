using Interven.GrainInterfaces;
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
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (builder.Configuration["Interven:Silo:ClusterId"] ?? "interven", ClusterNames.Service));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", connection));
            client.UseConnectionRetryFilter((_, cancel) => Task.FromResult(!cancel.IsCancellationRequested));
            // A scan that is released has an answer on its way: it is waited for.
            client.Configure<ClientMessagingOptions>(messaging => messaging.WaitForCancellationAcknowledgement = true);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
            if (Telemetry.Exports(builder.Configuration))
                client.AddActivityPropagation();
            client.AddMemoryStreams(ClusterNames.LiveStream);
            client.Services.AddSerializer(serializer => serializer.AddContracts());
        });
    }
}
