using System.Threading.Channels;
using Interven.Grains.Ports;

namespace Interven.Storage.Recording;

/// <summary>
/// Makes batches from the queue. Two appends that meet on one row (the same Idempotency-Key, call or grant) never share a batch: the second is held
/// for the next, where it sees what the first left.
/// </summary>
sealed class BatchIntake(ChannelReader<PendingAppend> queue, int size)
{
    readonly Queue<PendingAppend> held = new();
    readonly HashSet<(TenantId, string)> taken = [];

    /// <summary>Waits for work; false when no more will come.</summary>
    public async ValueTask<bool> Next(List<PendingAppend> batch)
    {
        batch.Clear();
        taken.Clear();
        if (held.Count == 0 && !await queue.WaitToReadAsync().ConfigureAwait(false))
            return false;
        for (var n = held.Count; n > 0; n--)
            Take(held.Dequeue(), batch);
        while (batch.Count < size && queue.TryRead(out var next))
            Take(next, batch);
        return true;
    }

    /// <summary>From the writer itself, ahead of the queue.</summary>
    public void Add(PendingAppend one) => held.Enqueue(one);

    public List<PendingAppend> Drain()
    {
        var all = new List<PendingAppend>(held);
        held.Clear();
        while (queue.TryRead(out var next))
            all.Add(next);
        return all;
    }

    void Take(PendingAppend one, List<PendingAppend> batch)
    {
        if (one.IsOver)
            return;
        if (batch.Count < size && IsFree(one.Append))
            batch.Add(one);
        else
            held.Enqueue(one);
    }

    bool IsFree(RecordAppend append)
    {
        var free = true;
        var tenant = append.Row.Tenant;
        if (append.Claim is { } claim)
            free &= taken.Add((tenant, $"i/{append.Row.KeyId}/{claim.Key}"));
        if (append.Opening is { } opening)
            free &= taken.Add((tenant, "o/" + Convert.ToHexString(opening.Signature)));
        if (append.UseGrant is { } grant)
            free &= taken.Add((tenant, "g/" + grant));
        if ((append.Withdraw ?? append.ReturnGrant) is { } amended)
            free &= taken.Add((tenant, "g/" + amended));
        return free;
    }
}
