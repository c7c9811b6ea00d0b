using Interven.Grains.Ports;

namespace Interven.Grains.People;

/// <summary>How failures slow down whoever guesses: from the fifth on the address is locked for 1, 2, 4, 8 and then 15 minutes; never for good.</summary>
static class Lockout
{
    const int FirstLock = 5;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long it is locked from that many failures on.</summary>
    public static TimeSpan After(int failures)
    {
        if (failures < FirstLock)
            return TimeSpan.Zero;
        var minutes = TimeSpan.FromMinutes(1 << Math.Min(failures - FirstLock, 10));
        return minutes < Longest ? minutes : Longest;
    }

    /// <summary>A temporary password that nobody used in time opens nothing.</summary>
    public static bool IsStale(UserRow user, DateTimeOffset now) => user.TemporaryUntil <= now;
}
