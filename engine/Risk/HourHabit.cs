namespace Interven.Engine.Risk;

/// <summary>At which hours of the day (UTC) an agent calls.</summary>
sealed class HourHabit
{
    /// <summary>Hours with a smaller share than this, neighbours included, are unusual.</summary>
    const double UnusualShare = .01;

    const int Enough = 50;
    const ushort Most = 60_000;
    readonly ushort[] counts = new ushort[24];

    public Span<ushort> Counts => counts;

    /// <summary>Notes a call; true where the hour was unusual before it.</summary>
    public bool Note(int hour)
    {
        var total = 0;
        foreach (var count in counts)
            total += count;
        var near = counts[hour] + counts[(hour + 1) % 24] + counts[(hour + 23) % 24];
        if (++counts[hour] >= Most)
            for (var i = 0; i < counts.Length; i++)
                counts[i] /= 2;
        return total >= Enough && near < UnusualShare * total;
    }
}
