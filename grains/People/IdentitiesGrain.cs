using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

[GrainType("identities"), StatelessWorker, Reentrant]
sealed class IdentitiesGrain(IUserStore users, IDocumentStore documents, Sessions sessions, IAuditLog audits, IVault vault) : Grain, IIdentitiesGrain
{
    const string Record = "sign-in", Field = "flow";
    static readonly Refusal Refused = new(403, ReasonCodes.SsoRefused, "The identity provider's answer lets nobody in here: the person is not invited, or the address is not verified or not of an allowed domain.");

    public async Task<OidcProvider?> ProviderOf(Guid tenant)
    {
        if (await documents.Find(new(tenant), SsoContent.Kind, SsoContent.Id) is not { } document
            || JsonSerializer.Deserialize<SsoContent>(document.Document.Json) is not { Enabled: true } content)
            return null;
        var sealer = await vault.For(new(tenant));
        var secret = document.Document.Sealed is { } bytes ? Encoding.UTF8.GetString(sealer.Open(bytes, SsoContent.Id, SsoContent.Field)) : null;
        return new(tenant, content.Issuer, content.ClientId, secret, content.Domains);
    }

    public async Task<byte[]> Seal(byte[] flow) => (await vault.For(Secrets.Installation)).Seal(flow, Record, Field);

    public async Task<byte[]?> Open(byte[] sealedFlow)
    {
        try
        {
            return (await vault.For(Secrets.Installation)).Open(sealedFlow, Record, Field);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public async Task<Reply<SignedIn>> SignIn(OidcIdentity identity, Actor origin)
    {
        var user = await users.FindBySubject(identity.Provider.Issuer, identity.Subject) ?? await Bind(identity, origin);
        // A tenant's own provider speaks for that tenant's people and for nobody else's.
        if (user is not null && IsOf(identity.Provider, user) && IsAllowed(identity.Provider, user.Email))
            return await sessions.Open(user, "sso", origin, null);
        await audits.Write(new()
        {
            Tenant = identity.Provider.Tenant is { } tenant ? new(tenant) : Secrets.Installation, Actor = origin with { Kind = "user", Id = user?.User.ToString() ?? "unknown" },
            Action = "session.refused", Target = user is null ? "user/unknown" : "user/" + user.User, Result = Refused.Reason,
        });
        return Refused;
    }

    async Task<UserRow?> Bind(OidcIdentity identity, Actor origin)
    {
        if (identity is not { EmailVerified: true, Email: { } email } || !IsAllowed(identity.Provider, email)
            || await users.FindByEmail(email) is not { Subject: null } user || !IsOf(identity.Provider, user))
            return null;
        var bound = await users.Bind(user.Tenant, user.User, identity.Provider.Issuer, identity.Subject,
            new() { Tenant = user.Tenant, Actor = origin with { Kind = "user", Id = user.User.ToString() }, Action = "user.bound", Target = "user/" + user.User });
        return bound.Outcome == ChangeOutcome.Done ? bound.Value : null;
    }

    static bool IsOf(OidcProvider provider, UserRow user) => provider.Tenant is not { } tenant || tenant == user.Tenant.Value;

    static bool IsAllowed(OidcProvider provider, string email) =>
        provider.Domains.Count == 0 || provider.Domains.Contains(email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant());
}
