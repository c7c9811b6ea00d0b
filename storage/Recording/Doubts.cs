namespace Interven.Storage.Recording;

/// <summary>Batches whose callers were refused while nobody knows whether they landed. They are settled before the store counts as back.</summary>
sealed class Doubts(IRecordSink sink, CommitLimits limits, TimeProvider clock)
{
    readonly List<(PendingAppend[] Batch, Task Attempt)> open = [];
    Task? probe;

    public void Add(PendingAppend[] batch, Task attempt) => open.Add((batch, attempt));

    /// <summary>Null while the store is out or a doubt remains; otherwise the appends that landed after their callers had been refused.</summary>
    public async ValueTask<List<PendingAppend>?> TryResolve()
    {
        if (!await Probed().ConfigureAwait(false))
            return null;
        var late = new List<PendingAppend>();
        foreach (var (batch, attempt) in open)
        {
            if (!await Ended(attempt).ConfigureAwait(false))
                return null;
            try
            {
                var landed = await sink.Landed([.. batch.Select(one => one.Append)]).WaitAsync(limits.Patience, clock).ConfigureAwait(false);
                late.AddRange(batch.Where((_, i) => landed[i] is not null));
            }
            catch (Exception)
            {
                return null;
            }
        }
        open.Clear();
        return late;
    }

    /// <summary>One probe at a time: one that hangs is waited for, not doubled.</summary>
    async ValueTask<bool> Probed()
    {
        var current = probe ??= sink.Probe();
        try
        {
            await current.WaitAsync(limits.Patience, clock).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!current.IsCompleted)
        {
            return false;
        }
        catch (Exception)
        {
            probe = null;
            return false;
        }
        probe = null;
        return true;
    }

    async ValueTask<bool> Ended(Task attempt)
    {
        await Task.WhenAny(attempt, Task.Delay(limits.Patience, clock)).ConfigureAwait(false);
        return attempt.IsCompleted;
    }
}
