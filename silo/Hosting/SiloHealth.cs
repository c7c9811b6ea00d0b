using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Cluster;

namespace Interven.Silo.Hosting;

/// <summary>The only endpoints of a silo's own host.</summary>
static class SiloHealth
{
    public static void MapSiloHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => "live");
        app.MapGet("/health/ready", async (IGrainFactory grains) =>
        {
            var obstacle = await grains.GetGrain<IReadinessGrain>(GrainKeys.Singleton).Obstacle();
            return obstacle is null ? Results.Text("ready") : Results.Text(obstacle, statusCode: 503);
        });
    }
}
