using System.Diagnostics;
using Interven.Cluster.Tests.Load;

namespace Interven.Cluster.Tests.Checking;

/// <summary>What clients saw of an outage of the store.</summary>
/// <param name="Permissive">Calls sent during the outage that were permitted: must be none.</param>
/// <param name="FirstRefusal">From the outage to the first refusal.</param>
/// <param name="Longest">Longest that any call waited for its answer.</param>
/// <param name="LaterP99">Of calls sent once the silos knew.</param>
/// <param name="Recovery">From the store's return to the first durable answer.</param>
sealed record Outage(int Permissive, TimeSpan FirstRefusal, TimeSpan Longest, TimeSpan LaterP99, TimeSpan Recovery)
{
    /// <summary>Each silo has noticed by then.</summary>
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1.5);

    public static Outage Of(IReadOnlyCollection<Try> journal, long began, long ended)
    {
        var during = journal.Where(one => one.SentAt > began && one.SentAt < ended).ToList();
        var later = during.Where(one => Stopwatch.GetElapsedTime(began, one.SentAt) > Noticed && one.AnsweredAt < ended).Select(one => one.Took).Order().ToList();
        var refusals = during.Where(one => one.Status == 200 && !one.IsDurable).ToList();
        var back = journal.Where(one => one.SentAt > ended && one.IsDurable).Select(one => one.AnsweredAt).DefaultIfEmpty(long.MaxValue).Min();
        return new(
            during.Count(one => one.AnsweredAt < ended && one.IsPermissive),
            refusals.Count == 0 ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(began, refusals.Min(one => one.AnsweredAt)),
            during.Count == 0 ? TimeSpan.Zero : during.Max(one => one.Took),
            later.Count == 0 ? TimeSpan.MaxValue : later[(int)(later.Count * .99)],
            back == long.MaxValue ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(ended, back));
    }
}
