using Interven.Cluster.Tests.Load;

namespace Interven.Cluster.Tests.Checking;

/// <summary>A change that has returned: from then on nothing may be decided by what was before.</summary>
/// <param name="ReturnedAt">When the changing call had returned.</param>
/// <param name="Version">The policy's version that it made.</param>
/// <param name="Took">How long the change was held up.</param>
sealed record Changed(long ReturnedAt, int Version, TimeSpan Took);

static class Changes
{
    /// <summary>Answers to calls that were sent after a change had returned, and that were decided by an older version all the same.</summary>
    public static List<Try> Stale(IEnumerable<Try> journal, IReadOnlyList<Changed> changes)
    {
        var returned = changes.Select(change => change.ReturnedAt).ToArray();
        return [.. journal.Where(one => one.IsDurable && one.PolicyVersion < Required(returned, changes, one.SentAt))];
    }

    /// <summary>Calls with a revoked key that were sent after the revocation had returned and were not refused.</summary>
    public static List<Try> AfterRevocation(IEnumerable<Try> journal, long revokedAt) => [.. journal.Where(one => one.SentAt > revokedAt && one.IsDurable)];

    static int Required(long[] returned, IReadOnlyList<Changed> changes, long sentAt)
    {
        var at = Array.BinarySearch(returned, sentAt);
        var last = at >= 0 ? at - 1 : ~at - 1;
        return last < 0 ? 0 : changes[last].Version;
    }
}
