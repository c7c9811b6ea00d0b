using Interven.Contracts.Errors;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Tenants;

/// <summary>One part of the tenant's authority; policies are in the other file.</summary>
[GrainType("tenant")]
sealed partial class TenantGrain(
    IPolicyStore policies, IKeyStore keys, IEphemeralKeyStore ephemeralKeys, IAgentStore agents, IDecisionReads records,
    TenantCache cache, TenantCompiler compiler, KeyGate gate, Secrets secrets, ChangeBarrier barrier, TimeProvider clock) : Grain, ITenantGrain
{
    static readonly Refusal NoTenant = new(404, ReasonCodes.NotFound, "There is no such tenant.");
    readonly RateLimitHits rateLimitHits = new(clock);

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<TenantSettings> Settings() => (await cache.Find(Tenant))?.Settings ?? TenantSettings.Default;

    public async Task<Usage> Usage()
    {
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var settings = await Settings();
        // Numbers are gapless, so the month's scans are the newest number less the last one before the month.
        var before = await records.List(Tenant, new() { Until = start, Limit = 1 });
        var first = before.Count > 0 ? before[0].Seq : await records.After(Tenant, 0, 1) is [{ } oldest] ? oldest.Seq - 1 : 0;
        var lastMinute = await records.Count(Tenant, new() { Since = now.AddMinutes(-1), Until = now });
        return new(start, start.AddMonths(1), await records.Head(Tenant) - first,
            settings.TenantScansPerMinute is { } perMinute ? perMinute * (long)(start.AddMonths(1) - start).TotalMinutes : null,
            rateLimitHits.LastDay(), lastMinute);
    }

    public Task CountRateLimited(int calls)
    {
        rateLimitHits.Add(calls);
        return Task.CompletedTask;
    }

    public async Task<Reply<MintedKey>> MintKey(MintKeyRequest request, Actor actor)
    {
        var problems = KeyRules.Check(request);
        if (await cache.Find(Tenant) is not { } tenant)
            return NoTenant;
        if (request.EnvName is { } env && !tenant.Environments.Contains(env))
            problems.Add(new("$.env_name", "The tenant has no such environment."));
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var token = Secrets.New(KeyKind.Live);
        var key = await NewKey.From(request, Tenant, token, secrets, actor);
        var minted = await keys.Mint(key, Audit(actor, "key.minted", "key/" + key.Key));
        if (!minted.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "The key could not be minted; try again.");
        await barrier.Pass(minted.ChangeId);
        return NewKey.Shown(minted.Value!, token);
    }

    public async Task<IReadOnlyList<KeyRow>> Keys(string? mintedBy)
    {
        var now = clock.GetUtcNow();
        return [.. (await keys.List(Tenant)).Where(row => mintedBy is null || row.Key.Key.CreatedBy == mintedBy).Select(row => KeyRules.Row(row, now))];
    }

    public async Task<Reply<MintedEphemeralKey>> MintEphemeralKey(string parentToken, MintEphemeralKeyRequest request, Actor actor)
    {
        var (parent, refusal) = await gate.Enter(parentToken, actor.Ip);
        if (refusal is not null)
            return refusal;
        if (parent!.IsEphemeral)
            return new Refusal(403, ReasonCodes.Forbidden, "An ephemeral key cannot mint another one.");
        var problems = KeyRules.Check(request);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var token = Secrets.New(KeyKind.Ephemeral);
        var id = Secrets.IdOf(token);
        var scope = request.Scope ?? new();
        var row = await ephemeralKeys.Mint(new(Tenant, new(id), new(parent.KeyId), await secrets.Hash(token),
            KeyFormat.Ephemeral + id, System.Text.Json.JsonSerializer.Serialize(scope, ContractJson.Default.EphemeralScope),
            request.MaxUses, TimeSpan.FromSeconds(request.TtlSeconds), request.Description ?? ""), Audit(actor, "ephemeral_key.minted", "ephemeral_key/" + id));
        return new MintedEphemeralKey(token, id, row.Prefix, row.ExpiresAt, row.MaxUses, scope);
    }

    public async Task<Reply<Done>> SetSuspended(string agentId, bool suspended, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(agentId) || agentId.Length > 200)
            return new Refusal(400, ReasonCodes.InvalidRequest, "An agent id has 1 to 200 characters.", [new FieldError("id", "An agent id has 1 to 200 characters.")]);
        var changed = await agents.SetSuspended(Tenant, agentId, suspended, "by hand", Audit(actor, suspended ? "agent.suspended" : "agent.reactivated", "agent/" + agentId));
        if (!changed.IsDone)
            return new Refusal(404, ReasonCodes.NotFound, "There is no such agent.");
        await barrier.Pass(changed.ChangeId);
        return Done.It;
    }

    AuditRow Audit(Actor actor, string action, string target) => new() { Tenant = Tenant, Actor = actor, Action = action, Target = target };
}
