using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Vault;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Vault;
using Interven.Grains.Inbound;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Vault;

[GrainType("credentials")]
sealed class CredentialsGrain(IDocumentStore documents, IVault vault, IEgressUrls urls, ChangeBarrier barrier, TimeProvider clock) : Grain, ICredentialsGrain
{
    const int Most = 500;
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such credential.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<CredentialRow>> List() => [.. (await documents.List(Tenant, StoredCredential.Kind)).Select(StoredCredential.Row)];

    public async Task<Reply<CredentialRow>> Find(Guid credential) => await Document(credential) is { } found ? StoredCredential.Row(found) : NotFound;

    public async Task<Reply<CredentialRow>> Create(CreateCredentialRequest request, Actor actor)
    {
        var problems = new List<FieldError>();
        CredentialRules.CheckName(request.Name, problems);
        CredentialValues? values = null;
        if (CredentialRules.IsType(request.Type))
            values = CredentialRules.Read(request.Type!, request.Values, urls, problems);
        else
            problems.Add(new("$.type", $"The type is one of {CredentialRules.Types}."));
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        if ((await documents.List(Tenant, StoredCredential.Kind)).Count >= Most)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {Most} credentials.");
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var stored = new StoredCredential(request.Type!, values!.Names);
        var document = new NewDocument(Tenant, StoredCredential.Kind, id, request.Name!, stored.ToJson(), StoredCredential.Seal(await vault.For(Tenant), id, values));
        return await Settle(await documents.Create(document, Audit(actor, "credential.created", id, null, Said(request.Name!, stored))));
    }

    public async Task<Reply<CredentialRow>> Patch(Guid credential, PatchCredentialRequest change, Actor actor)
    {
        var problems = new List<FieldError>();
        CredentialRules.CheckName(change.Name, problems);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        if (await Document(credential) is not { } old)
            return NotFound;
        var stored = StoredCredential.Of(old);
        return await Settle(await documents.Update(old.Document with { Name = change.Name!, Sealed = null }, old.Version,
            Audit(actor, "credential.renamed", old.Document.Id, Said(old.Document.Name, stored), Said(change.Name!, stored))));
    }

    public async Task<Reply<CredentialRow>> Rotate(Guid credential, RotateCredentialRequest request, Actor actor)
    {
        if (await Document(credential) is not { } old)
            return NotFound;
        var stored = StoredCredential.Of(old);
        if (stored.RevokedAt is not null)
            return new Refusal(409, ReasonCodes.Conflict, "The credential is revoked; create a new one.");
        var problems = new List<FieldError>();
        if (CredentialRules.Read(stored.Type, request.Values, urls, problems) is not { } values)
            return KeyRules.Invalid(problems);
        var rotated = stored with { Fields = values.Names, RotatedAt = clock.GetUtcNow() };
        var document = old.Document with { Json = rotated.ToJson(), Sealed = StoredCredential.Seal(await vault.For(Tenant), old.Document.Id, values) };
        return await Settle(await documents.Update(document, old.Version,
            Audit(actor, "credential.rotated", old.Document.Id, Said(old.Document.Name, stored), Said(old.Document.Name, rotated))));
    }

    public async Task<Reply<CredentialRow>> Revoke(Guid credential, Actor actor)
    {
        if (await Document(credential) is not { } old)
            return NotFound;
        var stored = StoredCredential.Of(old);
        if (stored.RevokedAt is not null)
            return StoredCredential.Row(old);
        var revoked = stored with { RevokedAt = clock.GetUtcNow() };
        return await Settle(await documents.Update(old.Document with { Json = revoked.ToJson(), Sealed = [] }, old.Version,
            Audit(actor, "credential.revoked", old.Document.Id, Said(old.Document.Name, stored), Said(old.Document.Name, revoked))));
    }

    public async Task<Reply<Done>> Delete(Guid credential, Actor actor)
    {
        if (await Document(credential) is not { } old)
            return NotFound;
        var users = (await documents.List(Tenant, StoredRoute.Kind)).Where(route => StoredRoute.Of(route).CredentialId == credential).Select(route => route.Document.Name).ToList();
        if (users.Count > 0)
            return new Refusal(409, ReasonCodes.Conflict, $"The credential is used by the inbound route `{users[0]}`; change or delete that first, or revoke the credential.");
        var changed = await documents.Delete(Tenant, StoredCredential.Kind, old.Document.Id,
            Audit(actor, "credential.deleted", old.Document.Id, Said(old.Document.Name, StoredCredential.Of(old)), null));
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return Done.It;
    }

    async Task<Reply<CredentialRow>> Settle(Changed<TenantDocument> changed)
    {
        if (changed.Outcome == ChangeOutcome.NotFound)
            return NotFound;
        if (!changed.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "The name is taken, or somebody else changed the credential at the same time.");
        await barrier.Pass(changed.ChangeId);
        return StoredCredential.Row(changed.Value!);
    }

    ValueTask<TenantDocument?> Document(Guid credential) => documents.Find(Tenant, StoredCredential.Kind, credential.ToString("N"));

    static string Said(string name, StoredCredential stored) => JsonSerializer.Serialize(
        new Dictionary<string, string> { ["name"] = name, ["type"] = stored.Type, ["fields"] = string.Join(' ', stored.Fields), ["status"] = stored.RevokedAt is null ? "active" : "revoked" },
        VaultJson.Default.DictionaryStringString);

    AuditRow Audit(Actor actor, string action, string id, string? before, string? after) =>
        new() { Tenant = Tenant, Actor = actor, Action = action, Target = "credential/" + Guid.ParseExact(id, "N"), Before = before, After = after };
}
