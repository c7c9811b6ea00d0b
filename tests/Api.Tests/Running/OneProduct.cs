// One at a time: the tests share a machine with the process that they test.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Interven.Api.Tests.Running;

/// <summary>The one running product that most tests share; each makes a tenant of its own.</summary>
public sealed class OneProduct : IAsyncLifetime
{
    public Product Product { get; private set; } = null!;

    public async Task InitializeAsync() => Product = await Product.Start();

    public async Task DisposeAsync() => await Product.DisposeAsync();
}

/// <summary>Tests that use the shared product run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class UsesProduct : ICollectionFixture<OneProduct>
{
    public const string Name = "product";
}
