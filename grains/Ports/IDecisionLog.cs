namespace Interven.Grains.Ports;

/// <summary>The one way for decision records into the store: a group commit that is awaited before the answer.</summary>
public interface IDecisionLog
{
    /// <summary>
    /// Completes when the record is durable, or will not be. The deadline is the caller's: cancel <paramref name="abandoned"/> when the caller has
    /// been refused. A record not yet taken up is dropped then; one that lands all the same is amended. While the store is out this returns
    /// <see cref="CommitReply.Unavailable"/> at once.
    /// </summary>
    ValueTask<CommitReply> Append(RecordAppend append, CancellationToken abandoned = default);

    LogHealth Health { get; }

    /// <summary>
    /// Somebody got no answer in time, and it may be the store's fault: it is asked, once at a time. Calls that need something of the store before they get to their
    /// record would otherwise each find out by themselves.
    /// </summary>
    void Doubt();
}

public enum LogHealth : byte
{
    /// <summary>Commits come through.</summary>
    Available,

    /// <summary>The last commit failed or hangs; appends are refused at once while one probe at a time tries the store.</summary>
    Unavailable,
}
