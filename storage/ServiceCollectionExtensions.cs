using System.Diagnostics.Metrics;
using Interven.Grains.Ports;
using Interven.Storage.Orleans;
using Interven.Storage.Recording;
using Interven.Storage.Sql;
using Interven.Storage.Stores;
using Interven.Storage.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Interven.Storage;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the bodies of all ports, <see cref="OrleansDatabase"/> and <see cref="StorageInstaller"/>. Await the installer before the host starts.
    /// </summary>
    /// <exception cref="ArgumentException">With every problem of the options at once.</exception>
    public static IServiceCollection AddIntervenStorage(this IServiceCollection services, StorageOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems));
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        AddDatabases(services, options);
        services.AddSingleton(provider => new StorageInstaller(provider.GetRequiredService<Database>(), provider.GetRequiredService<OrleansDatabase>()));
        services.AddSingleton<IDecisionLog>(provider => new GroupCommitLog(
            provider.GetRequiredService<IRecordSink>(), options.Commit, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GroupCommitLog>>(), provider.GetRequiredService<IMeterFactory>()));
        services.AddHostedService<Rehearsal>();
        services.AddSingleton<IRefusalSpool>(_ =>
        {
            Directory.CreateDirectory(options.DataFolder);
            return new RefusalSpool(Path.Combine(options.DataFolder, "refusals.spool"), options.SpoolBytes);
        });
        services.AddSingleton<IVault>(provider => new EnvelopeVault(
            provider.GetRequiredService<Database>(), Keys(options), provider.GetRequiredService<TimeProvider>()));
        return AddStores(services);
    }

    static void AddDatabases(IServiceCollection services, StorageOptions options)
    {
        if (options.Provider == StorageProvider.Postgres)
        {
            services.AddSingleton(_ => new PostgresDatabase(options.ConnectionString));
            services.AddSingleton<Database>(provider => provider.GetRequiredService<PostgresDatabase>());
            services.AddSingleton<IRecordSink>(provider => new PostgresRecordSink(provider.GetRequiredService<PostgresDatabase>()));
            services.AddSingleton(_ => OrleansDatabase.Postgres(options.ConnectionString));
            return;
        }
        services.AddSingleton(_ => new SqliteDatabase(Path.Combine(options.DataFolder, "interven.db")));
        services.AddSingleton<Database>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddHostedService<SqliteCheckpoints>();
        services.AddSingleton<IRecordSink>(provider => new SqliteRecordSink(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton(_ => OrleansDatabase.Sqlite(Path.Combine(options.DataFolder, "orleans.db")));
    }

    static IServiceCollection AddStores(IServiceCollection services) => services
        .AddSingleton<IDecisionReads, DecisionReads>()
        .AddSingleton<IDecisionStats, DecisionStats>()
        .AddSingleton<IPolicyHistory, PolicyHistory>()
        .AddSingleton<ISinkCursors, SinkCursors>()
        .AddSingleton<IPrunable, IncidentPruning>()
        .AddSingleton<IIdempotencyStore, IdempotencyStore>()
        .AddSingleton<IAuditLog, AuditLog>()
        .AddSingleton<IChangeLog, ChangeLog>()
        .AddSingleton<ISiloLeases, SiloLeases>()
        .AddSingleton<ITenantStore, TenantStore>()
        .AddSingleton<IPolicyStore, PolicyStore>()
        .AddSingleton<IKeyStore, KeyStore>()
        .AddSingleton<IEphemeralKeyStore, EphemeralKeyStore>()
        .AddSingleton<IServiceAccountStore, ServiceAccountStore>()
        .AddSingleton<IUserStore, UserStore>()
        .AddSingleton<ISessionStore, SessionStore>()
        .AddSingleton<ISignInAttempts, SignInAttempts>()
        .AddSingleton<IAgentStore, AgentStore>()
        .AddSingleton<IApprovalStore, ApprovalStore>()
        .AddSingleton<IIncidentStore, IncidentStore>()
        .AddSingleton<IOutbox, Outbox>()
        .AddSingleton<IInboundRouteStore, InboundRouteStore>()
        .AddSingleton<IBacklog, Backlog>()
        .AddSingleton<ITenantErasure, TenantErasureStore>()
        .AddSingleton<ISlackStore, SlackStore>()
        .AddSingleton<IResponseLog, ResponseLog>()
        .AddSingleton<IRetentionStore, RetentionStore>()
        .AddSingleton<IDocumentStore, DocumentStore>();

    static VaultKeys Keys(StorageOptions options)
    {
        var key = options.VaultKey;
        if (key.Length == 0)
        {
            Directory.CreateDirectory(options.DataFolder);
            key = VaultKeyFile.LoadOrCreate(Path.Combine(options.DataFolder, "vault.key"));
        }
        return new VaultKeys(key, options.OldVaultKeys);
    }
}
