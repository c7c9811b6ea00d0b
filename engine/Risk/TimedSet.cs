namespace Interven.Engine.Risk;

/// <summary>Different hashes that were seen within a window of time; of too many, the oldest are forgotten.</summary>
sealed class TimedSet(int capacity, long windowMilliseconds)
{
    readonly List<(ulong Hash, long At)> items = [];

    public IReadOnlyList<(ulong Hash, long At)> Items => items;

    public void Add(ulong hash, long now)
    {
        items.RemoveAll(item => item.Hash == hash);
        Forget(now);
        if (items.Count == capacity)
            items.RemoveAt(0);
        items.Add((hash, now));
    }

    public int CountAt(long now)
    {
        Forget(now);
        return items.Count;
    }

    public ulong[] At(long now)
    {
        Forget(now);
        return items.Count == 0 ? [] : [.. items.Select(item => item.Hash)];
    }

    void Forget(long now)
    {
        if (items.Count > 0 && items[0].At < now - windowMilliseconds)
            items.RemoveAll(item => item.At < now - windowMilliseconds);
    }
}
