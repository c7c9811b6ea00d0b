namespace Interven.Engine.Risk;

/// <summary>The last so many different hashes, most recent first. What falls out counts as new again, which errs on the strict side.</summary>
sealed class SeenSet(int capacity)
{
    ulong[] items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<ulong> Items => items.AsSpan(0, Count);

    /// <summary>True where <paramref name="item"/> was not there. It is the most recent then.</summary>
    public bool Add(ulong item)
    {
        var at = Items.IndexOf(item);
        if (at < 0)
        {
            if (Count < capacity)
                Count++;
            if (Count > items.Length)
                Array.Resize(ref items, Math.Min(capacity, Math.Max(4, items.Length * 2)));
        }
        var moved = at < 0 ? Count - 1 : at;
        items.AsSpan(0, moved).CopyTo(items.AsSpan(1));
        items[0] = item;
        return at < 0;
    }
}
