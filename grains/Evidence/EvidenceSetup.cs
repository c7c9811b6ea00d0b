using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Evidence;

/// <summary>What this folder needs beside its grains.</summary>
static class EvidenceSetup
{
    public static void AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton<DecisionSource>();
        services.AddSingleton<IExportSource>(all => all.GetRequiredService<DecisionSource>());
        services.AddSingleton<IExportSource, ApprovalSource>();
        services.AddSingleton<IExportSource, PolicySource>();
        services.AddSingleton<IExportSource, AuditSource>();
        services.AddSingleton<RecordCheck>();
        services.AddSingleton<LegalHolds>();
        services.AddSingleton<Pruning>();
        services.AddSingleton<Erasures>();
        services.AddSingleton<Sinks.SinkRules>();
        services.AddHostedService<RetentionStart>();
    }
}
