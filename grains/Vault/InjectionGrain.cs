using System.Security.Cryptography;
using Interven.Contracts.Vault;
using Interven.Engine.Vault;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Vault;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Vault;

[GrainType("injection"), StatelessWorker, Reentrant]
sealed partial class InjectionGrain(CredentialCache credentials, IVault vault, IAccessTokens tokens, SiloLease lease, TimeProvider clock, ILogger<InjectionGrain> log) : Grain, IInjectionGrain
{
    static readonly Refusal NoLease = new(503, ReasonCodes.AuditUnavailable, "This silo cannot be sure of the credential's state. Try again.", RetryAfterSeconds: 1);
    static readonly Refusal Gone = new(503, ReasonCodes.CredentialUnavailable, "The route's credential is revoked or gone.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<InjectedHeaders>> Inject(Guid credential, OutgoingRequest request)
    {
        if (!lease.IsValid)
            return NoLease;
        if (await credentials.Find(Tenant, credential) is not { } document || StoredCredential.Of(document) is not { RevokedAt: null } stored)
            return Gone;
        CredentialValues values;
        try
        {
            values = StoredCredential.Open(await vault.For(Tenant), document);
        }
        catch (CryptographicException)
        {
            Unopened(log, credential);
            return new Refusal(503, ReasonCodes.CredentialUnavailable, "The route's credential cannot be opened.");
        }
        return stored.Type switch
        {
            CredentialTypes.Bearer => Bearer(values["token"]),
            CredentialTypes.HeaderSet => new InjectedHeaders([.. values.Headers.Select(header => new KeyValuePair<string, string>(header.Name, header.Value))]),
            CredentialTypes.OauthClientCredentials => await AccessToken(document, values),
            CredentialTypes.AwsSigV4 => Signed(values, request),
            _ => new Refusal(503, ReasonCodes.CredentialUnavailable, "A credential of this type cannot be injected."),
        };
    }

    public Task Refused(Guid credential)
    {
        tokens.Forget(Tenant, credential.ToString("N"));
        return Task.CompletedTask;
    }

    async Task<Reply<InjectedHeaders>> AccessToken(TenantDocument document, CredentialValues values)
    {
        var reply = await tokens.Get((Tenant, document.Document.Id, document.Version), new()
        {
            TokenUrl = values["token_url"],
            ClientId = values["client_id"],
            ClientSecret = values["client_secret"],
            Scope = values.Find("scope"),
            Audience = values.Find("audience"),
            InBody = values.Find("auth_style") == "body",
        });
        return reply.Token is { } token ? Bearer(token) : new Refusal(503, ReasonCodes.CredentialUnavailable, reply.Problem ?? "There is no access token.");
    }

    InjectedHeaders Signed(CredentialValues values, OutgoingRequest request)
    {
        var key = new AwsKey(values["access_key_id"], values["secret_access_key"], values.Find("session_token"), values["region"], values["service"]);
        var headers = new List<KeyValuePair<string, string>> { new("x-amz-content-sha256", request.BodyHash) };
        if (request.ContentType is { } type)
            headers.Add(new("content-type", type));
        var signed = AwsSignature.Sign(key, request.Method, new(request.Url), headers, request.BodyHash, clock.GetUtcNow());
        return new([.. signed, headers[0]]);
    }

    static InjectedHeaders Bearer(string token) => new([new("authorization", "Bearer " + token)]);

    [LoggerMessage(4801, LogLevel.Error, "Credential {Credential} cannot be opened: altered, moved, or sealed under a key that is not configured")]
    static partial void Unopened(ILogger logger, Guid credential);
}
