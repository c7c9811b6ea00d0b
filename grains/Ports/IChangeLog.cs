namespace Interven.Grains.Ports;

public enum ChangeKind : byte
{
    /// <summary>Settings; ref is empty.</summary>
    Tenant = 1,

    /// <summary>Ref is the policy id.</summary>
    Policy = 2,

    /// <summary>Ref is the API key's id.</summary>
    Key = 3,

    /// <summary>Ref is the ephemeral key's id.</summary>
    EphemeralKey = 4,

    /// <summary>Ref is the agent id.</summary>
    Agent = 5,

    /// <summary>Ref is the service account's id.</summary>
    ServiceAccount = 6,

    /// <summary>Ref is <c>kind/id</c> of a tenant document.</summary>
    Document = 7,
}

/// <summary>One change that a silo must not decide without.</summary>
public sealed record ChangeRow(long Id, TenantId Tenant, ChangeKind Kind, string Ref, long Version);

/// <summary>Every change, in the order in which they became visible: who has read up to a number has missed nothing below it.</summary>
public interface IChangeLog
{
    ValueTask<IReadOnlyList<ChangeRow>> Read(long after, int limit, CancellationToken cancel = default);

    ValueTask<long> Head(CancellationToken cancel = default);
}

/// <summary>One lease per silo, by the database's clock (ruling 23).</summary>
public interface ISiloLeases
{
    /// <summary>
    /// Prolongs the silo's lease and notes how far it has read. A silo without a live lease gets one only when it has read everything. Count the
    /// lease from before this call by a monotonic clock of your own, less a margin.
    /// </summary>
    ValueTask<LeaseReply> Renew(string silo, long cursor, TimeSpan length, CancellationToken cancel = default);

    /// <summary>Live leases that have not read up to the change. Empty: no silo decides by the old state any more.</summary>
    ValueTask<IReadOnlyList<SiloBehind>> Behind(long changeId, CancellationToken cancel = default);

    ValueTask Release(string silo, CancellationToken cancel = default);
}

/// <param name="Granted">False: read up to <paramref name="Head"/> first, then ask again.</param>
/// <param name="Head">Newest change.</param>
/// <param name="Now">The database's clock.</param>
public readonly record struct LeaseReply(bool Granted, long Head, DateTimeOffset Now);

/// <param name="Silo">Name of the silo.</param>
/// <param name="Cursor">How far it has read.</param>
/// <param name="Remaining">How long its lease still runs.</param>
public sealed record SiloBehind(string Silo, long Cursor, TimeSpan Remaining);
