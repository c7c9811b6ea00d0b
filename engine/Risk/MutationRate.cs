namespace Interven.Engine.Risk;

/// <summary>Mutations per tool within the last minute, in slices of ten seconds. Of many tools the last eight are kept.</summary>
sealed class MutationRate
{
    public const int Slices = 6;
    public const int Tools = 8;
    const int SliceSeconds = 10;

    public sealed record Row(ulong Tool)
    {
        public long LastSlice { get; set; }
        public ushort[] Counts { get; } = new ushort[Slices];
    }

    public List<Row> Rows { get; } = [];

    /// <summary>Mutations of <paramref name="tool"/> in the last minute, this one included where it is one.</summary>
    public int Note(ulong tool, bool isMutation, long now)
    {
        var row = Rows.Find(one => one.Tool == tool);
        if (row is null && !isMutation)
            return 0;
        if (row is null && Rows.Count == Tools)
            Rows.Remove(Rows.MinBy(one => one.LastSlice)!);
        if (row is null)
            Rows.Add(row = new(tool));
        var slice = Math.Max(now / 1000 / SliceSeconds, row.LastSlice);
        for (var passed = Math.Min(slice - row.LastSlice, Slices); passed > 0; passed--)
            row.Counts[(slice - passed + 1) % Slices] = 0;
        row.LastSlice = slice;
        if (isMutation && row.Counts[slice % Slices] < ushort.MaxValue)
            row.Counts[slice % Slices]++;
        var sum = 0;
        foreach (var count in row.Counts)
            sum += count;
        return sum;
    }
}
