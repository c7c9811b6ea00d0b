using System.Text.Json;
using Interven.Contracts.Settings;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;
using Interven.Grains.Inbound;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Settings;

[GrainType("tenant-settings")]
sealed class SettingsGrain(ITenantStore tenants, IKeyStore keys, IPolicyStore policies, IDocumentStore documents, ChangeBarrier barrier, TimeProvider clock) : Grain, ISettingsGrain
{
    const int MostEnvironments = 50;
    const string Production = "production";
    static readonly Refusal NoTenant = new(404, ReasonCodes.NotFound, "There is no such tenant.");
    static readonly Refusal NoEnvironment = new(404, ReasonCodes.NotFound, "There is no such environment.");
    static readonly Refusal Conflict = new(409, ReasonCodes.Conflict, "Somebody else changed the settings at the same time; read them and try again.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<TenantSettings>> Read() => await tenants.Find(Tenant) is { } row ? Shown(row) : NoTenant;

    public async Task<Reply<TenantSettings>> Patch(byte[] change, Actor actor)
    {
        if (await tenants.Find(Tenant) is not { } row)
            return NoTenant;
        var before = Shown(row);
        var (after, problems) = SettingsPatch.Apply(before, change);
        if (after is null)
            return KeyRules.Invalid(problems);
        return after == before || Text(after) == Text(before) ? Shown(row) : await Save(row, after, "settings.changed", actor);
    }

    public async Task<IReadOnlyList<EnvironmentRow>> Environments()
    {
        if (await tenants.Find(Tenant) is not { } row)
            return [];
        var used = await Uses();
        return [.. Parse(row).Environments.Select(used)];
    }

    public async Task<Reply<EnvironmentRow>> AddEnvironment(CreateEnvironmentRequest request, Actor actor)
    {
        if (request.Name is not { Length: > 0 and <= 50 } name || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') || !char.IsAsciiLetterOrDigit(name[0]))
            return KeyRules.Invalid([new("$.name", "A name of 1 to 50 lower-case letters, digits, hyphens and underscores is required.")]);
        if (await tenants.Find(Tenant) is not { } row)
            return NoTenant;
        var settings = Parse(row);
        if (settings.Environments.Contains(name))
            return new Refusal(409, ReasonCodes.Conflict, "There is such an environment already.");
        if (settings.Environments.Count >= MostEnvironments)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {MostEnvironments} environments.");
        var saved = await Save(row, settings with { Environments = [.. settings.Environments, name] }, "environment.created", actor, name);
        return saved.Refusal is { } refusal ? refusal : new EnvironmentRow(name, 0, 0, 0);
    }

    public async Task<Reply<Done>> RemoveEnvironment(string name, Actor actor)
    {
        if (await tenants.Find(Tenant) is not { } row)
            return NoTenant;
        var settings = Parse(row);
        if (!settings.Environments.Contains(name))
            return NoEnvironment;
        if (name == Production)
            return new Refusal(409, ReasonCodes.Conflict, "`production` is what scans default to; it cannot be removed.");
        var use = (await Uses())(name);
        if (use.Keys + use.Policies + use.InboundRoutes > 0)
            return new Refusal(409, ReasonCodes.Conflict, $"The environment is in use by {use.Keys} keys, {use.Policies} policies and {use.InboundRoutes} inbound routes.");
        var saved = await Save(row, settings with { Environments = [.. settings.Environments.Where(one => one != name)] }, "environment.deleted", actor, name);
        return saved.Refusal is { } refusal ? refusal : Done.It;
    }

    async Task<Reply<TenantSettings>> Save(TenantRow row, TenantSettings after, string action, Actor actor, string target = "")
    {
        var audit = new AuditRow
        {
            Tenant = Tenant, Actor = actor, Action = action, Target = target.Length > 0 ? "environment/" + target : $"tenant/{Tenant}", Before = row.SettingsJson, After = Text(after),
        };
        var changed = await tenants.UpdateSettings(Tenant, row.Version, Text(after), audit);
        if (!changed.IsDone)
            return changed.Outcome == ChangeOutcome.NotFound ? NoTenant : Conflict;
        await barrier.Pass(changed.ChangeId);
        return Shown(changed.Value!);
    }

    async Task<Func<string, EnvironmentRow>> Uses()
    {
        var now = clock.GetUtcNow();
        var ofKeys = (await keys.List(Tenant)).Where(key => key.Key.RevokedAt is null && !(key.Key.ExpiresAt <= now)).Select(key => key.Key.Key.Env).ToList();
        var ofPolicies = (await policies.All(Tenant)).Select(policy => policy.Env).ToList();
        var ofRoutes = (await documents.List(Tenant, StoredRoute.Kind)).Select(route => StoredRoute.Of(route).EnvName).ToList();
        return name => new(name, ofKeys.Count(env => env == name), ofPolicies.Count(env => env == name), ofRoutes.Count(env => env == name));
    }

    static TenantSettings Shown(TenantRow row) => Parse(row) with { RetentionLastPrunedAt = row.LastPrunedAt };

    static string Text(TenantSettings settings) => JsonSerializer.Serialize(settings with { RetentionLastPrunedAt = null }, ContractJson.Default.TenantSettings);

    static TenantSettings Parse(TenantRow row) =>
        JsonSerializer.Deserialize(row.SettingsJson, ContractJson.Default.TenantSettings) ?? throw new InvalidOperationException("A tenant's settings cannot be read.");
}
