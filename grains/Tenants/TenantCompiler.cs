using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Policies;
using Interven.Grains.Detecting;
using Interven.Grains.Ports;

namespace Interven.Grains.Tenants;

/// <summary>Makes a tenant's rows into the immutable snapshot that scans decide by.</summary>
public sealed class TenantCompiler(
    ITenantStore tenants, IPolicyStore policies, IAgentStore agents, IDocumentStore documents, ThreatFeeds feeds, IVault vault, IChangeLog changes)
{
    /// <summary>Null where there is no such tenant.</summary>
    /// <exception cref="InvalidOperationException">A stored policy cannot be read: it must not become one that never matches.</exception>
    public async Task<TenantSnapshot?> Compile(TenantId tenant) =>
        await tenants.Find(tenant) is { } row ? await Compile(row, [.. (await policies.All(tenant)).Select(Stored)]) : null;

    /// <summary>As the tenant is, but with each draft in the place of the policy of its name; <paramref name="alone"/>: without any other.</summary>
    public async Task<TenantSnapshot?> CompileWith(TenantId tenant, IReadOnlyList<PolicyDocument> drafts, bool alone = false)
    {
        if (await tenants.Find(tenant) is not { } row)
            return null;
        var stored = (await policies.All(tenant)).Select(Stored).ToList();
        var standIns = drafts.Select(draft => stored.Find(one => one.Name == draft.Name && one.Env == draft.EnvName) is { } replaced
            ? StoredPolicy.Of(replaced.PolicyId, replaced.Version + 1, draft)
            : StoredPolicy.Of(Guid.Empty, 1, draft)).ToList();
        var others = alone ? [] : stored.Where(one => !drafts.Any(draft => draft.Name == one.Name && draft.EnvName == one.Env));
        return await Compile(row, [.. others, .. standIns]);
    }

    async Task<TenantSnapshot> Compile(TenantRow row, IReadOnlyList<StoredPolicy> stored)
    {
        var settings = JsonSerializer.Deserialize(row.SettingsJson, ContractJson.Default.TenantSettings)
            ?? throw new InvalidOperationException("A tenant's settings cannot be read.");
        var own = await OwnParts.Of(row.Tenant, documents);
        var classifier = settings.InternalMarkers.Count + own.Detectors.Count == 0 ? Detectors.Shared
            : new Classifier(Detectors.With(settings.InternalMarkers, own.Detectors));
        var rules = PolicySet.Compile(stored);
        return new()
        {
            Tenant = row.Tenant,
            Version = await changes.Head(),
            Environments = settings.Environments.ToFrozenSet(StringComparer.Ordinal),
            Settings = settings,
            Classifier = classifier,
            Stages = TenantStages.Of(rules, classifier, own.Tools, new(settings.InternalDomains)),
            Explain = rules.Explain,
            Threats = own.Threats is { } lists ? [lists, feeds.Current] : [feeds.Current],
            Key = await FingerprintKey(row.Tenant),
            SuspendedAgents = (await agents.Suspended(row.Tenant)).ToFrozenSet(StringComparer.Ordinal),
        };
    }

    async Task<FingerprintKey> FingerprintKey(TenantId tenant)
    {
        var key = new byte[Engine.Evidence.FingerprintKey.Length];
        (await vault.For(tenant)).Fingerprint(Encoding.ASCII.GetBytes("engine fingerprints"), key);
        return new(key);
    }

    static StoredPolicy Stored(PolicyRow row)
    {
        var document = PolicyReader.Read(row.Content).Document
            ?? throw new InvalidOperationException($"Policy {row.Policy} of tenant {row.Tenant} cannot be read in version {row.Version}.");
        return new(row.Policy.Value, row.Name, row.Version, row.Env, row.Enabled, document.Mode, document);
    }
}
