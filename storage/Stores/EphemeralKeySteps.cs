using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>The conditional statements that decide over the uses of an ephemeral key; they run in the transaction of the record that uses it.</summary>
static class EphemeralKeySteps
{
    const string ById = "tenant_id = @tenant AND key_id = @key";

    /// <summary>0 active, 1 expired, 2 exhausted, 3 revoked: <see cref="EphemeralStatus"/>.</summary>
    public static string Status(Dialect dialect) =>
        $"CASE WHEN revoked_at IS NOT NULL THEN 3 WHEN expires_at <= {dialect.Now} THEN 1 WHEN uses_left = 0 THEN 2 ELSE 0 END";

    /// <summary>Takes one use, if there is one, and the key and its parent are alive by the database's clock; null then, else why not.</summary>
    public static async ValueTask<CommitReply?> TakeUse(Session session, TenantId tenant, EphemeralKeyId key)
    {
        var now = session.Dialect.Now;
        var taken = await session.Sql($"""
            UPDATE ephemeral_keys SET uses_left = uses_left - 1
            WHERE {ById} AND uses_left > 0 AND expires_at > {now} AND revoked_at IS NULL
              AND EXISTS (SELECT 1 FROM api_keys p WHERE p.tenant_id = ephemeral_keys.tenant_id AND p.key_id = ephemeral_keys.parent_key_id
                AND p.revoked_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > {now}))
            """).With("tenant", tenant.Value).With("key", key.Value).Run(CancellationToken.None).ConfigureAwait(false);
        if (taken == 1)
            return null;
        var status = await session.Sql($"SELECT {Status(session.Dialect)} FROM ephemeral_keys WHERE {ById}").With("tenant", tenant.Value).With("key", key.Value)
            .One(row => (EphemeralStatus?)row.Int(), CancellationToken.None).ConfigureAwait(false);
        // Alive by its own row, so it is the parent that is over: to the caller that is a revoked key.
        return new CommitReply.KeyGone(status is EphemeralStatus.Active ? EphemeralStatus.Revoked : status);
    }

    /// <summary>The record that took it is not written after all, or its answer was refused.</summary>
    public static async ValueTask GiveBack(Session session, TenantId tenant, EphemeralKeyId key) =>
        await session.Sql($"UPDATE ephemeral_keys SET uses_left = uses_left + 1 WHERE {ById}")
            .With("tenant", tenant.Value).With("key", key.Value).Run(CancellationToken.None).ConfigureAwait(false);
}
