namespace Interven.Grains.Ports;

/// <summary>Access tokens by OAuth's client-credentials grant, kept until shortly before they end.</summary>
public interface IAccessTokens
{
    /// <param name="credential">Whose token: tenant, credential and version, so that a rotated one gets a new token.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancel">Ends the wait.</param>
    ValueTask<AccessTokenReply> Get((TenantId Tenant, string Id, long Version) credential, OauthClient client, CancellationToken cancel = default);

    void Forget(TenantId tenant, string id);
}

/// <param name="Token">Null where there is none.</param>
/// <param name="Problem">Why there is none, in words without any value.</param>
public readonly record struct AccessTokenReply(string? Token, string? Problem)
{
    public override string ToString() => Problem ?? "an access token";
}

/// <summary>What the token endpoint is asked with.</summary>
public sealed class OauthClient
{
    public required string TokenUrl { get; init; }
    public required string ClientId { get; init; }
    public required string ClientSecret { get; init; }
    public string? Scope { get; init; }
    public string? Audience { get; init; }

    /// <summary>Id and secret in the form instead of a Basic header.</summary>
    public bool InBody { get; init; }
}
