namespace Interven.Grains.Ports;

/// <summary>Other things that grow old with the records, such as closed incidents.</summary>
public interface IPrunable
{
    /// <summary>Deletes at most <paramref name="limit"/> that are over and older than the cut-off; what a hold covers stays.</summary>
    ValueTask<int> Prune(DeletionRun run, DateTimeOffset before, IReadOnlyList<DecisionHold> holds, int limit, CancellationToken cancel = default);
}
