using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Agents;
using Interven.Grains.Approvals;
using Interven.Grains.Detecting;
using Interven.Grains.Inbound;
using Interven.Grains.Cluster;
using Interven.Grains.Evidence;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.People;
using Interven.Grains.Scanning;
using Interven.Grains.Settings;
using Interven.Grains.Tenants;
using Interven.Grains.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains;

/// <summary>Everything of this room that a silo needs beside Orleans and a store.</summary>
public static class GrainsSetup
{
    public static void AddIntervenGrains(this IServiceCollection services)
    {
        services.AddSingleton<Secrets>();
        services.AddSingleton<KeyCache>();
        services.AddSingleton<KeyGate>();
        services.AddSingleton<TenantCompiler>();
        services.AddSingleton<TenantCache>();
        services.AddSingleton<SeededPolicies>();
        services.AddPeople();
        services.AddSingleton<Outbound.OutboxBell>();
        services.AddSingleton<Alerts.ChannelList>();
        services.AddSingleton<ScanMetrics>();
        services.AddSingleton<AgentLines>();
        services.AddSingleton<ScanFlow>();
        services.AddSingleton<ResponseFlow>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<Recorder>();
        services.AddSingleton<RefusedScans>();
        services.AddSingleton<PausedScans>();
        services.AddSingleton<CallReview>();
        services.AddSingleton<SeparateDuties>();
        services.AddSingleton<Duties>();
        services.AddSingleton<Edits>();
        services.AddSingleton<Hearing>();
        services.AddSingleton<Deciding>();
        services.AddSingleton<Deciders>();
        services.AddSingleton<ApprovalWatch>();
        services.AddSingleton<AgentLessons>();
        services.AddSingleton<EditedGrants>();
        services.AddSingleton<ApproverGroups>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<Redemption>();
        services.AddSingleton<RepeatedRequests>();
        services.AddSingleton<StatsCache>();
        services.AddEvidence();
        services.AddSingleton<IChangeListener>(all => all.GetRequiredService<KeyCache>());
        services.AddSingleton<IChangeListener>(all => all.GetRequiredService<TenantCache>());
        services.AddSingleton<ThreatFeeds>();
        services.AddSingleton<OwnDocuments>();
        services.AddSingleton<AgentSightings>();
        services.AddHostedService(all => all.GetRequiredService<AgentSightings>());
        services.AddSingleton<TenantErasures>();
        services.AddHostedService(all => all.GetRequiredService<TenantErasures>());
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<RouteCache>();
        services.AddSingleton<RouteRules>();
        services.AddSingleton<RouteTokens>();
        services.AddSingleton<IChangeListener>(all => all.GetRequiredService<CredentialCache>());
        services.AddSingleton<IChangeListener>(all => all.GetRequiredService<RouteCache>());
        services.AddSingleton<SiloLease>();
        services.AddSingleton<ChangeBarrier>();
        services.AddSingleton<KeyUseCounts>();
        services.AddHostedService<WarmUp>();
        services.AddHostedService<LeaseKeeper>();
        services.AddHostedService<ExpirySweep>();
        services.AddSingleton<EndedApprovals>();
        services.AddHostedService(all => all.GetRequiredService<EndedApprovals>());
        services.AddSingleton<Incidents.IncidentAlerts>();
        services.AddHostedService<Incidents.IncidentWatch>();
        services.AddHostedService<SpoolReplay>();
        services.AddHostedService<Upkeep>();
        services.AddHostedService(all => all.GetRequiredService<AgentLines>());
        services.AddSingleton<ILocalScans, LocalScans>();
        services.AddHostedService<LeaseGauges>();
        services.AddHostedService<BacklogWatch>();
        services.AddHostedService(all => all.GetRequiredService<KeyUseCounts>());
    }
}
