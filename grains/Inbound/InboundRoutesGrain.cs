using Interven.Contracts.Errors;
using Interven.Contracts.Inbound;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Inbound;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Inbound;

[GrainType("inbound-routes")]
sealed class InboundRoutesGrain(
    IDocumentStore documents, RouteRules rules, RouteTokens tokens, TenantCache tenants, ChangeBarrier barrier, IOptions<PublicAddress> address, TimeProvider clock) : Grain, IInboundRoutesGrain
{
    const int Most = 200;
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such inbound route.");
    static readonly Refusal Conflict = new(409, ReasonCodes.Conflict, "The prefix is taken, or somebody else changed the route at the same time.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<InboundRouteRow>> List() => [.. (await documents.List(Tenant, StoredRoute.Kind)).Select(Row)];

    public async Task<Reply<InboundRouteRow>> Find(Guid route) => await Document(route) is { } found ? Row(found) : NotFound;

    public async Task<Reply<MintedInboundRoute>> Create(CreateInboundRouteRequest request, Actor actor)
    {
        var route = new StoredRoute(request.UpstreamUrl ?? "", request.CredentialId, request.ToolName, request.Auth ?? new(InboundAuth.ByKey), request.Agent ?? new("key"),
            request.Methods ?? [], request.Paths ?? [], request.FailureMode ?? FailureModes.Block, request.EnvName, request.SanitizeResponse, Enabled: true, KeyId: null);
        var problems = await Problems(route);
        if (!RouteRules.IsPrefix(request.Prefix))
            problems.Insert(0, new("$.prefix", "A prefix of 3 to 63 lower-case letters, digits and inner hyphens is required."));
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        if ((await documents.List(Tenant, StoredRoute.Kind)).Count >= Most)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {Most} inbound routes.");
        string? token = null;
        if (route.Auth.Kind == InboundAuth.ByPathToken)
        {
            (token, var minted) = await tokens.Mint(Tenant, request.Prefix!, request.EnvName, actor);
            route = route with { KeyId = minted.Value!.Key.Key.Value };
        }
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var created = await documents.Create(new(Tenant, StoredRoute.Kind, id, request.Prefix!, route.ToJson()), Audit(actor, "inbound_route.created", id, null, route));
        if (!created.IsDone && route.KeyId is { } orphan)
            await barrier.Pass((await tokens.Revoke(Tenant, orphan, actor)).ChangeId);
        if (!created.IsDone)
            return Conflict;
        await barrier.Pass(created.ChangeId);
        return Minted(created.Value!, token);
    }

    public async Task<Reply<InboundRouteRow>> Patch(Guid route, PatchInboundRouteRequest change, Actor actor)
    {
        if (await Document(route) is not { } old)
            return NotFound;
        var before = StoredRoute.Of(old);
        if (change.Auth is { } auth && (auth.Kind == InboundAuth.ByPathToken) != (before.Auth.Kind == InboundAuth.ByPathToken))
            return KeyRules.Invalid([new("$.auth.kind", "A route keeps its kind of authentication; make another route.")]);
        var after = before with
        {
            UpstreamUrl = change.UpstreamUrl ?? before.UpstreamUrl,
            CredentialId = change.CredentialId ?? before.CredentialId,
            ToolName = change.ToolName ?? before.ToolName,
            Auth = change.Auth ?? before.Auth,
            Agent = change.Agent ?? before.Agent,
            Methods = change.Methods ?? before.Methods,
            Paths = change.Paths ?? before.Paths,
            FailureMode = change.FailureMode ?? before.FailureMode,
            EnvName = change.EnvName ?? before.EnvName,
            SanitizeResponse = change.SanitizeResponse ?? before.SanitizeResponse,
            Enabled = change.Enabled ?? before.Enabled,
        };
        var problems = await Problems(after);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var changed = await documents.Update(old.Document with { Json = after.ToJson(), Sealed = null }, old.Version, Audit(actor, "inbound_route.changed", old.Document.Id, before, after));
        if (!changed.IsDone)
            return changed.Outcome == ChangeOutcome.NotFound ? NotFound : Conflict;
        await barrier.Pass(changed.ChangeId);
        return Row(changed.Value!);
    }

    public async Task<Reply<MintedInboundRoute>> RotateToken(Guid route, Actor actor)
    {
        if (await Document(route) is not { } old)
            return NotFound;
        var before = StoredRoute.Of(old);
        if (before.KeyId is not { } oldKey)
            return new Refusal(409, ReasonCodes.Conflict, "The route has no path token: its callers use keys.");
        var (token, minted) = await tokens.Mint(Tenant, old.Document.Name, before.EnvName, actor);
        var after = before with { KeyId = minted.Value!.Key.Key.Value };
        var changed = await documents.Update(old.Document with { Json = after.ToJson(), Sealed = null }, old.Version, Audit(actor, "inbound_route.token_rotated", old.Document.Id, before, after));
        var over = await tokens.Revoke(Tenant, changed.IsDone ? oldKey : after.KeyId!, actor);
        await barrier.Pass(over.ChangeId);
        return changed.IsDone ? Minted(changed.Value!, token) : Conflict;
    }

    public async Task<Reply<Done>> Delete(Guid route, Actor actor)
    {
        if (await Document(route) is not { } old)
            return NotFound;
        var before = StoredRoute.Of(old);
        var changed = await documents.Delete(Tenant, StoredRoute.Kind, old.Document.Id, Audit(actor, "inbound_route.deleted", old.Document.Id, before, null));
        if (!changed.IsDone)
            return NotFound;
        var last = before.KeyId is { } key ? (await tokens.Revoke(Tenant, key, actor)).ChangeId : changed.ChangeId;
        await barrier.Pass(last ?? changed.ChangeId);
        return Done.It;
    }

    async Task<List<FieldError>> Problems(StoredRoute route) =>
        await tenants.Find(Tenant) is { } tenant ? await rules.Check(route, tenant) : [new("$", "There is no such tenant.")];

    MintedInboundRoute Minted(TenantDocument document, string? token)
    {
        var row = Row(document);
        return new(row.RouteId, row.Prefix, StoredRoute.UrlOf(address.Value.Url, row.Prefix, token), token, row);
    }

    InboundRouteRow Row(TenantDocument document) => StoredRoute.Row(document, address.Value.Url);

    ValueTask<TenantDocument?> Document(Guid route) => documents.Find(Tenant, StoredRoute.Kind, route.ToString("N"));

    AuditRow Audit(Actor actor, string action, string id, StoredRoute? before, StoredRoute? after) =>
        new() { Tenant = Tenant, Actor = actor, Action = action, Target = "inbound_route/" + Guid.ParseExact(id, "N"), Before = before?.ToJson(), After = after?.ToJson() };
}
