using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class PolicyHistory(Database database) : IPolicyHistory
{
    public async ValueTask<IReadOnlyList<PastPolicy>> InForce(
        TenantId tenant, DateTimeOffset since, DateTimeOffset until, int skip, int limit, CancellationToken cancel = default) => await database.All("""
        SELECT policy_id, version, content, content_hash, author, created_at, replaced_at FROM (
          SELECT v.policy_id, v.version, content, content_hash, author, created_at,
            coalesce(e.ended_at, lead(created_at) OVER (PARTITION BY v.policy_id ORDER BY v.version)) AS replaced_at
          FROM policy_versions v LEFT JOIN policy_endings e ON e.tenant_id = v.tenant_id AND e.policy_id = v.policy_id AND e.version = v.version
          WHERE v.tenant_id = @tenant) AS versions
        WHERE created_at < @until AND (replaced_at IS NULL OR replaced_at >= @since) ORDER BY policy_id, version LIMIT @limit OFFSET @skip
        """, sql => sql.With("tenant", tenant.Value).With("since", since).With("until", until).With("limit", limit).With("skip", skip),
        row => new PastPolicy(new(row.Uuid()), row.Int(), row.Bytes(), row.Bytes(), row.Text(), row.Time(), row.TimeOrNull()), cancel).ConfigureAwait(false);
}
