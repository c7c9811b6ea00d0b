namespace Interven.Api.Tests.Running;

/// <summary>A product that knows a real identity provider, one that lies, and one that is not there.</summary>
public sealed class OidcPlace : IAsyncLifetime
{
    public IdentityProvider Provider { get; private set; } = null!;
    public HostileProvider Hostile { get; private set; } = null!;
    public Product Product { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (Provider, Hostile) = (await IdentityProvider.Start(), await HostileProvider.Start());
        Product = await Product.Start(null, ("Interven__Egress__AllowPrivate__0", "127.0.0.0/8"),
            ("Interven__Oidc__corp__Issuer", Provider.Issuer), ("Interven__Oidc__corp__ClientId", IdentityProvider.ClientId), ("Interven__Oidc__corp__ClientSecret", IdentityProvider.Secret),
            ("Interven__Oidc__hostile__Issuer", Hostile.Url), ("Interven__Oidc__hostile__ClientId", "interven"),
            ("Interven__Oidc__nowhere__Issuer", "http://127.0.0.1:9"), ("Interven__Oidc__nowhere__ClientId", "interven"));
    }

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await Provider.DisposeAsync();
        await Hostile.DisposeAsync();
    }
}
