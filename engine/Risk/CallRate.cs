namespace Interven.Engine.Risk;

/// <summary>Calls in the last ten minutes against the agent's normal for ten minutes.</summary>
sealed class CallRate
{
    public const int Minutes = 10;

    /// <summary>Windows to have seen before anything is called a burst.</summary>
    const int Enough = 3;

    /// <summary>Slower agents are measured as if this were their normal.</summary>
    const double LeastNormal = 4;

    const double Adapts = .2;

    readonly ushort[] perMinute = new ushort[Minutes];

    public Span<ushort> PerMinute => perMinute;

    /// <summary>The minute of the last call, since 1970.</summary>
    public long LastMinute { get; private set; }

    /// <summary>Calls in a normal active window of ten minutes.</summary>
    public double Normal { get; private set; }

    /// <summary>Active windows seen, up to <see cref="Enough"/>.</summary>
    public int Windows { get; private set; }

    /// <summary>Calls so far in the current window of the clock.</summary>
    public int InWindow { get; private set; }

    /// <summary>Notes a call; gives the factor over the normal, 0 while too little is known.</summary>
    public double Note(long minute)
    {
        minute = Math.Max(minute, LastMinute);
        if (minute / Minutes != LastMinute / Minutes)
            CloseWindow();
        for (var passed = Math.Min(minute - LastMinute, Minutes); passed > 0; passed--)
            perMinute[(minute - passed + 1) % Minutes] = 0;
        LastMinute = minute;
        InWindow++;
        ref var now = ref perMinute[minute % Minutes];
        if (now < ushort.MaxValue)
            now++;
        var recent = 0;
        foreach (var count in perMinute)
            recent += count;
        return Windows < Enough ? 0 : recent / Math.Max(LeastNormal, Normal);
    }

    /// <summary>Only active windows count, or every Monday would be a burst; one window moves the normal twofold at most, so that it cannot be trained in one go.</summary>
    void CloseWindow()
    {
        if (InWindow == 0)
            return;
        Normal = Windows == 0 ? InWindow : Normal + Adapts * (Math.Min(InWindow, 2 * Normal + LeastNormal) - Normal);
        Windows = Math.Min(Enough, Windows + 1);
        InWindow = 0;
    }

    public void Restore(long lastMinute, double normal, int windows, int inWindow) =>
        (LastMinute, Normal, Windows, InWindow) = (Math.Max(0, lastMinute), double.IsFinite(normal) ? Math.Max(0, normal) : 0, Math.Clamp(windows, 0, Enough), Math.Max(0, inWindow));
}
