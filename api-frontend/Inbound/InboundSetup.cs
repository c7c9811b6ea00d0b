namespace Interven.ApiFrontend.Inbound;

static class InboundSetup
{
    public static void AddInbound(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<InboundDoor>();
        services.AddSingleton<InboundMetrics>();
        services.AddSingleton<ResponseScans>();
        services.AddSingleton<Upstream>();
        services.AddSingleton<InboundProxy>();
    }
}
