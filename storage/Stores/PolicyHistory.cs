using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class PolicyHistory(Database database) : IPolicyHistory
{
    public async ValueTask<IReadOnlyList<PastPolicy>> InForce(
        TenantId tenant, DateTimeOffset since, DateTimeOffset until, int skip, int limit, CancellationToken cancel = default) => await database.All("""
        SELECT policy_id, version, content, content_hash, author, created_at, replaced_at FROM (
          SELECT policy_id, version, content, content_hash, author, created_at, lead(created_at) OVER (PARTITION BY policy_id ORDER BY version) AS replaced_at
          FROM policy_versions WHERE tenant_id = @tenant) AS versions
        WHERE created_at < @until AND (replaced_at IS NULL OR replaced_at >= @since) ORDER BY policy_id, version LIMIT @limit OFFSET @skip
        """, sql => sql.With("tenant", tenant.Value).With("since", since).With("until", until).With("limit", limit).With("skip", skip),
        row => new PastPolicy(new(row.Uuid()), row.Int(), row.Bytes(), row.Bytes(), row.Text(), row.Time(), row.TimeOrNull()), cancel).ConfigureAwait(false);
}
