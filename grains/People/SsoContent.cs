namespace Interven.Grains.People;

/// <summary>How single sign-on is kept: one document of the tenant, its secret sealed.</summary>
sealed record SsoContent(string Issuer, string ClientId, IReadOnlyList<string> Domains, bool Enabled)
{
    public const string Kind = "sso", Id = "sso", Field = "client_secret";
}
