using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>Opens the append-only tables for deletes of one tenant, inside one transaction.</summary>
static class PruneGuard
{
    public static async ValueTask Open(Session session, TenantId tenant, CancellationToken cancel) => await (session.Dialect is PostgresDialect
        ? session.Sql("SELECT set_config('interven.pruning', txid_current()::text, true)")
        : session.Sql("INSERT INTO prune_guard (tenant_id) VALUES (@tenant)").With("tenant", tenant.Value)).Run(cancel).ConfigureAwait(false);

    public static async ValueTask Close(Session session, TenantId tenant, CancellationToken cancel) => await (session.Dialect is PostgresDialect
        ? session.Sql("SELECT set_config('interven.pruning', '', true)")
        : session.Sql("DELETE FROM prune_guard WHERE tenant_id = @tenant").With("tenant", tenant.Value)).Run(cancel).ConfigureAwait(false);
}
