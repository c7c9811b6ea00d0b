namespace Interven.Api.Tests.Running;

/// <summary>A product that believes the proxy on this machine, so that tests can come from any address, over https.</summary>
public sealed class TrustingProduct : IAsyncLifetime
{
    int count;

    public Product Product { get; private set; } = null!;

    /// <summary>One that nobody has come from.</summary>
    public string Address() => $"198.51.{Interlocked.Increment(ref count) / 250}.{count % 250 + 1}";

    public async Task InitializeAsync() => Product = await Product.Start(null, ("Interven__TrustedProxies__0", "127.0.0.0/8"));

    public async Task DisposeAsync() => await Product.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class UsesTrustingProduct : ICollectionFixture<TrustingProduct>
{
    public const string Name = "product behind a proxy";
}
