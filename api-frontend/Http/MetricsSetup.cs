using OpenTelemetry.Metrics;

namespace Interven.ApiFrontend.Http;

static class MetricsSetup
{
    public static void AddPrometheusMetrics(this IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime", "Interven")
        .AddPrometheusExporter());
}
