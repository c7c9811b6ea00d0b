using Interven.Grains.Ports;

namespace Interven.Silo.Egress;

/// <summary>Registers the one way out. May be called by silo and front end in one process.</summary>
public static class EgressSetup
{
    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static void AddEgress(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(EgressGuard)))
            return;
        var options = EgressOptions.From(configuration);
        var rules = new EgressRules(options);
        services.AddSingleton(options);
        services.AddSingleton(rules);
        services.AddSingleton<IHostAddresses, SystemHostAddresses>();
        services.AddSingleton(provider => new EgressGuard(rules, provider.GetRequiredService<IHostAddresses>()));
        services.AddSingleton(new EgressUrl(rules));
        services.AddSingleton<IEgressUrls>(provider => provider.GetRequiredService<EgressUrl>());
        services.AddHttpClient(EgressGuard.Client, client => client.Timeout = options.Timeout)
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<EgressGuard>().NewHandler())
            .AddHttpMessageHandler(() => new EgressRequests(rules, options.MaxResponseBytes))
            // The factory's own log lines carry URLs, and a webhook's URL is a secret.
            .RemoveAllLoggers();
    }
}
