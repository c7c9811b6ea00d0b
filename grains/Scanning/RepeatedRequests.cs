using System.Collections.Concurrent;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>Requests with an Idempotency-Key: the first answer is given again, and a repeat that comes while the first is under way joins it.</summary>
sealed class RepeatedRequests(IIdempotencyStore store)
{
    static readonly Refusal Reused = new(409, ReasonCodes.IdempotencyMismatch, "The Idempotency-Key was used before with another body.");
    readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, string Key), InFlight> underWay = new();

    public async Task<ScanReply> Once(ScanAttempt attempt, Func<Task<ScanReply>> take)
    {
        var name = (attempt.Key!.Tenant, attempt.Key.KeyId, attempt.Call.IdempotencyKey!);
        var hash = RequestHash.Of(attempt.Call);
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
            var stored = await store.Find(name.Tenant, name.KeyId, name.Item3);
            var reply = stored is null ? await take() : Recovered(attempt, stored);
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

    /// <summary>The answer that was given first, or the refusal where the key stands for another body.</summary>
    public static ScanReply Recovered(ScanAttempt attempt, StoredAnswer stored) =>
        stored.RequestHash.AsSpan().SequenceEqual(RequestHash.Of(attempt.Call))
            ? new(200, stored.Trace.Value, stored.Response)
            : attempt.Refused(Reused);

    sealed record InFlight(ScanAttempt Attempt, byte[] Hash)
    {
        public TaskCompletionSource<ScanReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
