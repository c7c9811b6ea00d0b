namespace Interven.Grains.Ports;

/// <summary>Refusals that were answered while the store was out: a file on this silo's disk, replayed into the log when it is back.</summary>
public interface IRefusalSpool
{
    /// <summary>False: the spool is full or its disk is; the refusal was answered all the same.</summary>
    /// <param name="refusal">What will be recorded.</param>
    /// <param name="idempotencyKey">The key of the refused call, where it has one.</param>
    bool TryAdd(DecisionRow refusal, string? idempotencyKey);

    /// <summary>The same for an amendment, with the approval that it withdraws and the Idempotency-Key that it gives back.</summary>
    bool TryAdd(RecordAppend amendment);

    /// <summary>Hands out what is spooled, oldest first, and forgets what was taken.</summary>
    ValueTask<int> Replay(Func<RecordAppend, CancellationToken, ValueTask<bool>> take, CancellationToken cancel = default);
}
