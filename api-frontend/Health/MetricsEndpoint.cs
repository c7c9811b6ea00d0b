using Interven.ApiFrontend.Inbound;
using Interven.ApiFrontend.Scanning;

namespace Interven.ApiFrontend.Health;

/// <summary>Figures for Prometheus, which asks each process by its own address. Who comes through a proxy is no Prometheus, and the proxy is open to the world.</summary>
static class MetricsEndpoint
{
    const string Path = "/metrics";

    /// <summary>What a proxy leaves; the second where <c>Interven:TrustedProxies</c> names it.</summary>
    static readonly string[] Traces = ["X-Forwarded-For", "X-Original-For", "Forwarded"];

    public static void MapMetrics(this WebApplication app)
    {
        // What must stay 0 is there from the start; nobody listens before that.
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            app.Services.GetRequiredService<DoorMetrics>();
            app.Services.GetRequiredService<InboundMetrics>();
        });
        app.UseWhen(http => http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) && Traces.Any(http.Request.Headers.ContainsKey), proxied => proxied.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        app.MapPrometheusScrapingEndpoint(Path);
    }
}
