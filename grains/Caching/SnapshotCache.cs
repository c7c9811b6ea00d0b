using System.Collections.Concurrent;

namespace Interven.Grains.Caching;

/// <summary>
/// What a silo remembers of rows, valid under its lease. An entry stands in the table before its load begins, so that a change that is noticed
/// during the load takes the entry away and nobody who asks later gets the old value.
/// </summary>
sealed class SnapshotCache<TKey, TValue>(Func<TKey, Task<TValue?>> load, TimeProvider clock) where TKey : notnull where TValue : class
{
    readonly ConcurrentDictionary<TKey, Entry> entries = new();

    public int Count => entries.Count;

    /// <summary>The value, loaded if need be; null where there is none, which is not remembered.</summary>
    public ValueTask<TValue?> Get(TKey key)
    {
        if (!entries.TryGetValue(key, out var entry))
            return new(Load(key));
        entry.LastUsed = clock.GetTimestamp();
        return entry.Value.IsCompletedSuccessfully ? new(entry.Value.Result) : new(entry.Value);
    }

    public void Forget(TKey key) => entries.TryRemove(key, out _);

    public void ForgetWhere(Func<TKey, bool> which)
    {
        foreach (var key in entries.Keys)
            if (which(key))
                Forget(key);
    }

    public void ForgetAll() => entries.Clear();

    /// <summary>Drops what nobody has asked for in <paramref name="idle"/>.</summary>
    public void ForgetUnused(TimeSpan idle)
    {
        foreach (var (key, entry) in entries)
            if (clock.GetElapsedTime(entry.LastUsed) > idle)
                Forget(key);
    }

    async Task<TValue?> Load(TKey key)
    {
        var source = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = new Entry(source.Task) { LastUsed = clock.GetTimestamp() };
        var entry = entries.GetOrAdd(key, mine);
        if (entry != mine)
            return await entry.Value;
        try
        {
            var value = await load(key);
            if (value is null)
                entries.TryRemove(new(key, mine));
            source.SetResult(value);
        }
        catch (Exception e)
        {
            entries.TryRemove(new(key, mine));
            source.SetException(e);
        }
        return await source.Task;
    }

    sealed class Entry(Task<TValue?> value)
    {
        public Task<TValue?> Value { get; } = value;
        public long LastUsed { get; set; }
    }
}
