using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>Requests with an Idempotency-Key: the first answer is given again, and a repeat that comes while the first is under way joins it.</summary>
sealed class RepeatedRequests(IIdempotencyStore store, IVault vault, IDecisionLog decisions, TimeProvider clock)
{
    /// <summary>What looking for an earlier answer may cost; past it the record's own transaction finds it, or says that the store is out.</summary>
    static readonly TimeSpan LookBudget = TimeSpan.FromMilliseconds(400);

    static readonly Refusal Reused = new(409, ReasonCodes.IdempotencyMismatch, "The Idempotency-Key was used before with another body.");
    readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, string Key), InFlight> underWay = new();

    public async Task<ScanReply> Once(ScanAttempt attempt, Func<Task<ScanReply>> take)
    {
        var name = (attempt.Key!.Tenant, attempt.Key.KeyId, attempt.Call.IdempotencyKey!);
        var hash = RequestHash.Of(attempt, await vault.For(name.Tenant));
        var mine = new InFlight(attempt, hash);
        var first = underWay.GetOrAdd(name, mine);
        if (first != mine)
        {
            if (!first.Hash.AsSpan().SequenceEqual(hash))
                return attempt.Refused(Reused);
            attempt.Join(first.Attempt);
            return await first.Reply.Task;
        }
        try
        {
            var stored = await Earlier(name.Tenant, name.KeyId, name.Item3);
            var reply = stored is null ? await take() : await Recovered(attempt, stored);
            mine.Reply.SetResult(reply);
            return reply;
        }
        catch (Exception e)
        {
            mine.Reply.SetException(e);
            _ = mine.Reply.Task.Exception;
            throw;
        }
        finally
        {
            underWay.TryRemove(new(name, mine));
        }
    }

    /// <summary>
    /// Null also where the store cannot be asked, or not in time: every keyed call would otherwise end here, unread and without a line in the spool, and no
    /// commit would be tried that shows the store to be out. Nothing is decided twice by that, for the key is claimed in the record's transaction.
    /// </summary>
    async ValueTask<StoredAnswer?> Earlier(TenantId tenant, string keyId, string key)
    {
        if (decisions.Health != LogHealth.Available)
            return null;
        try
        {
            return await store.Tell(tenant, keyId, key).AsTask().WaitAsync(LookBudget, clock);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The answer that was given first, or the refusal where the key stands for another body.</summary>
    public async ValueTask<ScanReply> Recovered(ScanAttempt attempt, StoredAnswer stored)
    {
        var sealer = await vault.For(attempt.Key!.Tenant);
        return stored.RequestHash.AsSpan().SequenceEqual(RequestHash.Of(attempt, sealer))
            ? new(200, stored.Trace.Value, sealer.Open(stored.Response, stored.Trace.ToString(), "answer"))
            : attempt.Refused(Reused);
    }

    sealed record InFlight(ScanAttempt Attempt, byte[] Hash)
    {
        public TaskCompletionSource<ScanReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
