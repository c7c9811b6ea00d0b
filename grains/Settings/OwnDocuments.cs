using Interven.GrainInterfaces;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Settings;

/// <summary>Creates, replaces and deletes a tenant's small documents: versioned, audited with before and after, and through the change barrier.</summary>
sealed class OwnDocuments(IDocumentStore documents, ChangeBarrier barrier, TimeProvider clock)
{
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such entry.");
    static readonly Refusal Conflict = new(409, ReasonCodes.Conflict, "The name is taken, or somebody else changed the entry at the same time.");

    public ValueTask<IReadOnlyList<TenantDocument>> List(TenantId tenant, string kind) => documents.List(tenant, kind);

    public async Task<Reply<TenantDocument>> Find(TenantId tenant, string kind, Guid id) => await documents.Find(tenant, kind, id.ToString("N")) is { } found ? found : NotFound;

    /// <param name="tenant">Owner.</param>
    /// <param name="kind">Of the document; audit rows and targets are named after it.</param>
    /// <param name="name">Unique within the kind.</param>
    /// <param name="json">No secrets.</param>
    /// <param name="most">Of that kind in one tenant.</param>
    /// <param name="actor">Who creates it.</param>
    public async Task<Reply<TenantDocument>> Create(TenantId tenant, string kind, string name, string json, int most, Actor actor)
    {
        if ((await documents.List(tenant, kind)).Count >= most)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {most} of these.");
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        return await Settle(await documents.Create(new(tenant, kind, id.ToString("N"), name, json), Audit(tenant, kind, id, "created", null, json, actor)));
    }

    public async Task<Reply<TenantDocument>> Replace(TenantId tenant, string kind, Guid id, string name, string json, Actor actor) =>
        await documents.Find(tenant, kind, id.ToString("N")) is { } old
            ? await Settle(await documents.Update(old.Document with { Name = name, Json = json }, old.Version, Audit(tenant, kind, id, "changed", old.Document.Json, json, actor)))
            : NotFound;

    public async Task<Reply<Done>> Delete(TenantId tenant, string kind, Guid id, Actor actor)
    {
        if (await documents.Find(tenant, kind, id.ToString("N")) is not { } old)
            return NotFound;
        var settled = await Settle(await documents.Delete(tenant, kind, id.ToString("N"), Audit(tenant, kind, id, "deleted", old.Document.Json, null, actor)));
        return settled.Refusal is { } refusal ? refusal : Done.It;
    }

    async Task<Reply<TenantDocument>> Settle(Changed<TenantDocument> changed)
    {
        if (!changed.IsDone)
            return changed.Outcome == ChangeOutcome.NotFound ? NotFound : Conflict;
        await barrier.Pass(changed.ChangeId);
        return changed.Value!;
    }

    static AuditRow Audit(TenantId tenant, string kind, Guid id, string verb, string? before, string? after, Actor actor) =>
        new() { Tenant = tenant, Actor = actor, Action = $"{kind}.{verb}", Target = $"{kind}/{id}", Before = before, After = after };
}
