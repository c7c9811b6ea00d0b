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
        app.MapGet("/health/serving", Serving)
            .Describe("Health", "Load balancers may send calls",
                "200 from the first time that scans could be decided until the process drains, through outages too: a load balancer without a target answers 503, and some published clients run the tool then.")
            .Gives(200).Gives(503);
        app.MapGet("/health/ready", Ready)
            .Describe("Health", "Scans can be decided and recorded", "503 while no silo answers, its lease is over, its clock is off, or its store is out.").Gives(200).Gives(503);
        app.MapGet("/version", http => http.Response.WriteAsJsonAsync(new { version = Version, engine_version = Version }))
            .Describe("Health", "Build", "Version of this process.").Gives(200);
    }

    static string Version { get; } =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    static async Task Serving(HttpContext http)
    {
        var drain = http.RequestServices.GetRequiredService<Drain>();
        var obstacle = drain.IsServing ? null : await Obstacle(http);
        if (obstacle is null)
            drain.Served();
        await Write(http, drain.IsServing ? null : obstacle ?? "draining", "serving");
    }

    static async Task Ready(HttpContext http) => await Write(http, await Obstacle(http), "ready");

    static async Task<string?> Obstacle(HttpContext http)
    {
        try
        {
            return await http.RequestServices.GetRequiredService<IGrainFactory>()
                .GetGrain<IReadinessGrain>(GrainKeys.Singleton).Obstacle().WaitAsync(Patience, http.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it was, no silo answered.
            return "no silo answers";
        }
    }

    static Task Write(HttpContext http, string? obstacle, string well)
    {
        http.Response.StatusCode = obstacle is null ? 200 : 503;
        return http.Response.WriteAsync(obstacle ?? well);
    }
}
