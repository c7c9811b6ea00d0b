using Interven.Storage.Recording;

namespace Interven.Storage.Tests.Harness;

/// <summary>One Postgres and one SQLite for all contract tests; each test makes tenants of its own.</summary>
public sealed class BothStores : IAsyncLifetime
{
    /// <summary>Longer than a starved machine makes a commit wait: patience has tests of its own.</summary>
    static readonly CommitLimits Patient = new() { Patience = TimeSpan.FromSeconds(30) };

    public PostgresServer Server { get; private set; } = null!;

    public string PostgresConnection { get; private set; } = "";

    Room postgres = null!;
    Room sqlite = null!;

    public Room Room(string store) => store == "postgres" ? postgres : sqlite;

    public async Task InitializeAsync()
    {
        Server = await PostgresServer.Start();
        PostgresConnection = await Server.CreateDatabase("contracts");
        postgres = await Harness.Room.Postgres(PostgresConnection, Patient);
        sqlite = await Harness.Room.Sqlite(limits: Patient);
    }

    public async Task DisposeAsync()
    {
        try
        {
            await postgres.DisposeAsync();
            await sqlite.DisposeAsync();
        }
        finally
        {
            await Server.DisposeAsync();
        }
    }
}

[CollectionDefinition("both stores")]
public sealed class BothStoresCollection : ICollectionFixture<BothStores>;

/// <summary>Runs on each store.</summary>
public sealed class OnBothAttribute : Xunit.Sdk.DataAttribute
{
    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) => [["postgres"], ["sqlite"]];
}
