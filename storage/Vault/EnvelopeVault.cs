using System.Collections.Concurrent;
using System.Security.Cryptography;
using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Interven.Storage.Stores;

namespace Interven.Storage.Vault;

/// <summary>
/// Data keys in the database, wrapped by the operator's key. A new data key seals only after every silo must have read it, so rotation needs no
/// message between silos.
/// </summary>
sealed class EnvelopeVault(Database database, VaultKeys operatorKeys, TimeProvider clock) : IVault
{
    /// <summary>How long a silo trusts what it has read.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Age at which a data key begins to seal.</summary>
    internal static readonly TimeSpan Ripe = TimeSpan.FromMinutes(3);

    /// <summary>Age at which a tenant in use gets its next data key: far below 2^32 random nonces under one (NIST SP 800-38D) at 5,000 seals/s.</summary>
    internal static readonly TimeSpan Worn = TimeSpan.FromDays(7);

    /// <summary>What was read a little longer ago serves while one caller reads anew, so that nobody waits once a minute. Far below <see cref="Ripe"/>.</summary>
    internal static readonly TimeSpan Stale = Fresh * 1.5;

    readonly ConcurrentDictionary<TenantId, Known> cache = new();

    public ValueTask<ITenantVault> For(TenantId tenant, CancellationToken cancel = default)
    {
        if (!cache.TryGetValue(tenant, out var known))
            return Load(tenant, cancel);
        var age = clock.GetElapsedTime(known.ReadAt);
        if (age < Fresh)
            return new(known.Vault);
        if (age >= Stale)
            return Load(tenant, cancel);
        if (known.TryRefresh())
            _ = Refresh(tenant, known);
        return new(known.Vault);
    }

    public async ValueTask<int> Rewrap(CancellationToken cancel = default)
    {
        var rows = await database.All(
            "SELECT tenant_id, number, wrapped FROM tenant_data_keys", sql => sql, row => (Tenant: row.Uuid(), Number: row.Int(), Wrapped: row.Bytes()), cancel).ConfigureAwait(false);
        foreach (var (tenant, number, wrapped) in rows)
            await database.Change(
                session => session.Sql("UPDATE tenant_data_keys SET wrapped = @new WHERE tenant_id = @tenant AND number = @number AND wrapped = @old")
                    .With("new", operatorKeys.Wrap(operatorKeys.Unwrap(wrapped, tenant, number), tenant, number)).With("tenant", tenant)
                    .With("number", number).With("old", wrapped).Run(cancel), cancel).ConfigureAwait(false);
        return rows.Count;
    }

    public async ValueTask RotateDataKey(TenantId tenant, AuditRow audit, CancellationToken cancel = default)
    {
        await Read(tenant, cancel).ConfigureAwait(false);
        await database.Change(async session =>
        {
            await Add(session, tenant, cancel).ConfigureAwait(false);
            await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
            return true;
        }, cancel).ConfigureAwait(false);
        cache.TryRemove(tenant, out _);
    }

    async Task Refresh(TenantId tenant, Known known)
    {
        try
        {
            await Load(tenant, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The next caller tries again; past Stale they wait for it, and fail with it.
            known.RefreshFailed();
        }
    }

    async ValueTask<ITenantVault> Load(TenantId tenant, CancellationToken cancel)
    {
        var readAt = clock.GetTimestamp();
        var rows = await Read(tenant, cancel).ConfigureAwait(false);
        if (rows.Count == 0 || rows.Min(row => row.Age) > Worn)
        {
            await database.Change(session => Add(session, tenant, cancel), cancel).ConfigureAwait(false);
            rows = await Read(tenant, cancel).ConfigureAwait(false);
        }
        var keys = rows.ToDictionary(row => row.Number, row => operatorKeys.Unwrap(row.Wrapped, tenant.Value, row.Number));
        var sealing = rows.Where(row => row.Age >= Ripe || row.Number == 1).Max(row => row.Number);
        var vault = new TenantVault(tenant, keys, sealing);
        cache[tenant] = new(vault, readAt);
        return vault;
    }

    async ValueTask<List<(int Number, byte[] Wrapped, TimeSpan Age)>> Read(TenantId tenant, CancellationToken cancel) => await database.All(
        $"SELECT number, wrapped, -{database.Dialect.MillisecondsUntil("created_at")} FROM tenant_data_keys WHERE tenant_id = @tenant ORDER BY number",
        sql => sql.With("tenant", tenant.Value), row => (row.Int(), row.Bytes(), row.Milliseconds()), cancel).ConfigureAwait(false);

    /// <summary>The next number; of two silos that add one at once, the second adds nothing.</summary>
    async ValueTask<int> Add(Session session, TenantId tenant, CancellationToken cancel)
    {
        var number = 1 + await session.Sql("SELECT coalesce(max(number), 0) FROM tenant_data_keys WHERE tenant_id = @tenant").With("tenant", tenant.Value)
            .One(row => row.Int(), cancel).ConfigureAwait(false);
        return await session.Sql("INSERT INTO tenant_data_keys (tenant_id, number, wrapped) VALUES (@tenant, @number, @wrapped) ON CONFLICT DO NOTHING")
            .With("tenant", tenant.Value).With("number", number)
            .With("wrapped", operatorKeys.Wrap(RandomNumberGenerator.GetBytes(32), tenant.Value, number)).Run(cancel).ConfigureAwait(false);
    }

    sealed class Known(TenantVault vault, long readAt)
    {
        int refreshing;

        public TenantVault Vault => vault;

        public long ReadAt => readAt;

        /// <summary>True for one caller.</summary>
        public bool TryRefresh() => Interlocked.Exchange(ref refreshing, 1) == 0;

        public void RefreshFailed() => Volatile.Write(ref refreshing, 0);
    }
}
