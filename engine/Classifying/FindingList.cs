using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>Findings of one call. Reused between calls so that clean traffic allocates nothing.</summary>
public sealed class FindingList
{
    Finding[] items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<Finding> Items => items.AsSpan(0, Count);

    /// <summary>Classes with at least one finding of MEDIUM or HIGH confidence.</summary>
    public DataClasses Classes
    {
        get
        {
            var classes = DataClasses.None;
            foreach (ref readonly var finding in Items)
                if (finding.Confidence >= Confidence.Medium)
                    classes |= finding.Kind.Classes;
            return classes;
        }
    }

    public void Add(in Finding finding)
    {
        if (Count == items.Length)
            Array.Resize(ref items, Math.Max(16, items.Length * 2));
        items[Count++] = finding;
    }

    /// <summary>Drops the findings that <paramref name="unwanted"/> names, keeping the order of the others.</summary>
    public void RemoveWhere(Func<Finding, bool> unwanted)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
            if (!unwanted(items[i]))
                items[kept++] = items[i];
        Count = kept;
    }

    internal Span<Finding> Editable => items.AsSpan(0, Count);

    internal void Truncate(int count) => Count = count;

    public void Clear() => Count = 0;
}
