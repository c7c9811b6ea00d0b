using System.Reflection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Interven.Silo.Observability;

/// <summary>
/// Metrics for Prometheus at <c>/metrics</c>, always. Traces and metrics over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; its
/// protocol, headers and the sampler are the OpenTelemetry SDK's own settings. Nothing exported holds a tenant, a payload or a token.
/// </summary>
public static class Telemetry
{
    static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime", "Npgsql", "Interven"];

    public static bool Exports(IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    public static void AddIntervenTelemetry(this IHostApplicationBuilder builder, string service)
    {
        var exports = Exports(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service, "interven",
            typeof(Telemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
            serviceInstanceId: builder.Configuration["POD_NAME"] ?? Environment.MachineName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter();
            if (exports)
                metrics.AddOtlpExporter();
        });
        if (exports)
            telemetry.WithTracing(traces => traces
                .AddSource("Interven", "Microsoft.Orleans.Application", "Npgsql")
                .AddAspNetCoreInstrumentation(web =>
                {
                    web.Filter = http => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");
                    web.EnrichWithHttpRequest = (span, request) => HidePathToken(span, request);
                })
                .AddOtlpExporter());
    }

    /// <summary>A platform that can send no header carries its route's token in the path, and the query of any call may hold what agents send.</summary>
    internal static void HidePathToken(System.Diagnostics.Activity span, HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/inbound"))
            return;
        span.SetTag("url.path", "/inbound");
        span.SetTag("url.query", null);
    }
}
