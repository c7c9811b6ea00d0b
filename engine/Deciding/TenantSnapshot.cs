using System.Collections.Frozen;
using Interven.Contracts;
using Interven.Engine.Alerts;
using Interven.Engine.Classifying;
using Interven.Engine.Evidence;
using Interven.Engine.Policies;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>Everything of a tenant that deciding needs, frozen at one version. Silos cache it under their lease.</summary>
public sealed record TenantSnapshot
{
    public required TenantId Tenant { get; init; }

    /// <summary>Version of the change log that it was built at.</summary>
    public required long Version { get; init; }

    public FrozenSet<string> Environments { get; init; } = FrozenSet.ToFrozenSet(["production"], StringComparer.Ordinal);

    /// <summary>Of scans that name none, with a key that is bound to none.</summary>
    public string DefaultEnvironment { get; init; } = "production";

    public TenantSettings Settings { get; init; } = TenantSettings.Default;

    /// <summary>Built-in detectors and the tenant's own.</summary>
    public required Classifier Classifier { get; init; }

    /// <summary>The stages that other folders provide, bound to this tenant's tools and rules.</summary>
    public required Stages Stages { get; init; }

    /// <summary>Every rule of the tenant with the key that it failed on, for simulation.</summary>
    public Func<PolicyFacts, IReadOnlyList<RuleExplanation>> Explain { get; init; } = _ => [];

    /// <summary>Feeds and the tenant's own lists.</summary>
    public IReadOnlyList<ThreatIndex> Threats { get; init; } = [];

    public required FingerprintKey Key { get; init; }

    public FrozenSet<string> SuspendedAgents { get; init; } = [];

    /// <summary>What the tenant's alert channels want to hear of.</summary>
    public AlertInterest Alerts { get; init; } = AlertInterest.None;
}
