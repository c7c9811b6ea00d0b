using Interven.Grains.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Leases;

/// <summary>Something that remembers rows and must forget the changed ones.</summary>
public interface IChangeListener
{
    void Changed(ChangeRow change);

    /// <summary>The log could not be followed: everything may have changed.</summary>
    void ForgetAll();
}

/// <summary>
/// This silo's right to decide by what it remembers. It follows the change log, forgets what changed, and only then moves its cursor in the
/// database; whoever makes a change waits until every live cursor has passed it. A silo whose lease is over refuses.
/// </summary>
public sealed partial class SiloLease(
    IChangeLog changes, ISiloLeases leases, IEnumerable<IChangeListener> listeners, IOptions<SiloLeaseOptions> options, TimeProvider clock, ILogger<SiloLease> log)
    : IDisposable
{
    const int Batch = 500;
    readonly SemaphoreSlim turn = new(1, 1);
    readonly IChangeListener[] listeners = [.. listeners];
    readonly SiloLeaseOptions settings = options.Value;
    long cursor = -1;
    long validUntil = long.MinValue;
    long validUntilUtc = long.MinValue;
    long renewedAt = long.MinValue;
    long skew;
    long term;

    /// <summary>Unique for this process's life: a restarted silo is another one.</summary>
    public string Silo { get; } = $"{options.Value.SiloName}/{Guid.CreateVersion7():N}";

    /// <summary>False: this silo may have missed a change, and must refuse. By two clocks: the monotonic one may stand still while a machine is suspended.</summary>
    public bool IsValid => clock.GetTimestamp() < Volatile.Read(ref validUntil) && clock.GetUtcNow().UtcTicks < Volatile.Read(ref validUntilUtc);

    /// <summary>Counts the times that the lease was lost and taken anew: what was begun in another term may rest on what was forgotten in between.</summary>
    public long Term => Volatile.Read(ref term);

    /// <summary>Since the last renewal; zero before the first.</summary>
    public TimeSpan Age => Volatile.Read(ref renewedAt) is var at && at == long.MinValue ? TimeSpan.Zero : clock.GetElapsedTime(at);

    /// <summary>The database's clock less ours at the last renewal. Rows are due by the database's clock, records are dated by ours.</summary>
    public TimeSpan ClockSkew => TimeSpan.FromTicks(Volatile.Read(ref skew));

    /// <summary>By the database's clock, as the last renewal knows it: what ends at a time ends at the same one on every silo.</summary>
    public DateTimeOffset Now => clock.GetUtcNow() + ClockSkew;

    /// <summary>True while what was begun in <paramref name="since"/> may still be answered.</summary>
    public bool Holds(long since) => IsValid && Term == since;

    /// <summary>Reads what is new, forgets it, and notes in the database that it did. Renews when the lease is a third over, or a change was read.</summary>
    public async Task CatchUp(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (cursor < 0)
                await Begin(cancel);
            var read = await ReadAll(cancel);
            if (read || !IsValid || clock.GetElapsedTime(renewedAt) > settings.Length / 3)
                await Renew(cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Gives the lease back, so that changes need not wait for it.</summary>
    public async Task Release(CancellationToken cancel)
    {
        Volatile.Write(ref validUntil, long.MinValue);
        await leases.Release(Silo, cancel);
    }

    public void Dispose() => turn.Dispose();

    async Task Begin(CancellationToken cancel)
    {
        var head = await changes.Head(cancel);
        foreach (var listener in listeners)
            listener.ForgetAll();
        cursor = head;
    }

    async Task<bool> ReadAll(CancellationToken cancel)
    {
        var any = false;
        while (true)
        {
            var rows = await changes.Read(cursor, Batch, cancel);
            foreach (var row in rows)
            {
                foreach (var listener in listeners)
                    listener.Changed(row);
                cursor = row.Id;
                any = true;
            }
            if (rows.Count < Batch)
                return any;
        }
    }

    async Task Renew(CancellationToken cancel)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            // Counted from before the call: the database's clock starts later than ours, never earlier.
            var (before, beforeUtc) = (clock.GetTimestamp(), clock.GetUtcNow());
            var reply = await leases.Renew(Silo, cursor, settings.Length, cancel);
            if (reply.Granted)
            {
                if (!IsValid)
                    Interlocked.Increment(ref term);
                Volatile.Write(ref renewedAt, before);
                Volatile.Write(ref skew, (reply.Now - beforeUtc - clock.GetElapsedTime(before) / 2).Ticks);
                Volatile.Write(ref validUntilUtc, (beforeUtc + settings.Length - settings.Margin).UtcTicks);
                Volatile.Write(ref validUntil, before + (long)((settings.Length - settings.Margin).TotalSeconds * clock.TimestampFrequency));
                return;
            }
            await ReadAll(cancel);
        }
        LeaseNotGranted(log, Silo);
    }

    [LoggerMessage(2001, LogLevel.Warning, "Silo {Silo} could not renew its lease; it refuses scans until it can")]
    static partial void LeaseNotGranted(ILogger logger, string silo);
}
