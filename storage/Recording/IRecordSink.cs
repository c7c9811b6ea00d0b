using Interven.Grains.Ports;

namespace Interven.Storage.Recording;

/// <summary>One store's way of committing a batch. Called by one writer at a time, but for probes.</summary>
interface IRecordSink
{
    /// <summary>Commits the batch as a whole, or throws and commits nothing (or nobody knows: <see cref="Landed"/>).</summary>
    Task<CommitReply[]> Commit(IReadOnlyList<RecordAppend> batch);

    /// <summary>Does all that committing the batch takes, and takes it back.</summary>
    Task Rehearse(IReadOnlyList<RecordAppend> batch);

    /// <summary>Which records of a batch with an unknown outcome are there: their numbers, or null. Waits until the lost transaction is over.</summary>
    Task<long?[]> Landed(IReadOnlyList<RecordAppend> batch);

    /// <summary>Throws while the store does not take writes.</summary>
    Task Probe();

    /// <summary>True where the failure lies in a row, not in the store; with a code that holds nothing of the row.</summary>
    bool IsRowFault(Exception fault, out string code);
}
