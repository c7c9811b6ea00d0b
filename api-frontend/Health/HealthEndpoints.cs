using System.Reflection;
using Interven.ApiFrontend.Swagger;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;

namespace Interven.ApiFrontend.Health;

static class HealthEndpoints
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", http => http.Response.WriteAsync("live"))
            .Describe("Health", "The process runs", "Asks nothing of store or silos.").Gives(200);
        app.MapGet("/health/ready", Ready)
            .Describe("Health", "Scans can be decided and recorded", "503 while no silo answers, its lease is over, or its store is out.").Gives(200).Gives(503);
        app.MapGet("/version", http => http.Response.WriteAsJsonAsync(new { version = Version, engine_version = Version }))
            .Describe("Health", "Build", "Version of this process.").Gives(200);
    }

    static string Version { get; } =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    static async Task Ready(HttpContext http)
    {
        var state = "no silo answers";
        try
        {
            state = await http.RequestServices.GetRequiredService<IGrainFactory>()
                .GetGrain<IReadinessGrain>(GrainKeys.Singleton).Obstacle().WaitAsync(Patience, http.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it was, no silo answered.
        }
        http.Response.StatusCode = state is null ? 200 : 503;
        await http.Response.WriteAsync(state ?? "ready");
    }
}
