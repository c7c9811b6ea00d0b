using Interven.Grains.Ports;
using Interven.Storage.Sql;
using Interven.Storage.Stores;

namespace Interven.Storage.Recording;

/// <summary>
/// A batch as one transaction. Silos take locks in one order: Idempotency-Keys, ephemeral keys, approvals, tenants' heads, each sorted; so they wait for one
/// another but never in a circle.
/// </summary>
abstract class RecordSink
{
    protected async ValueTask<CommitReply[]> CommitIn(Session session, IReadOnlyList<RecordAppend> batch)
    {
        var replies = new CommitReply?[batch.Count];
        await ClaimKeys(session, batch, replies).ConfigureAwait(false);
        await Release(session, batch, replies).ConfigureAwait(false);
        await UseKeys(session, batch, replies).ConfigureAwait(false);
        await Approve(session, batch, replies).ConfigureAwait(false);
        await GiveBack(session, batch, replies).ConfigureAwait(false);
        await Insert(session, batch, replies).ConfigureAwait(false);
        // Under the tenants' heads, so that a record still under way is not missed.
        var landed = await LandedOf(session, batch).ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
            if (replies[i] is CommitReply.Committed)
                await WriteRiders(session, batch[i], landed).ConfigureAwait(false);
        await IncidentSteps.Flag(session, [.. batch.Where((one, i) => one.Flag is not null && replies[i] is CommitReply.Committed)], CancellationToken.None).ConfigureAwait(false);
        await session.Commit(CancellationToken.None).ConfigureAwait(false);
        return replies!;
    }

    protected static async ValueTask<long?[]> LandedIn(Session session, IReadOnlyList<RecordAppend> batch)
    {
        // A transaction that may still be committing holds the heads of its tenants, so taking them waits until its outcome is settled.
        foreach (var tenant in batch.Select(one => one.Row.Tenant.Value).Distinct().Order())
            await session.Sql($"SELECT seq FROM tenant_head WHERE tenant_id = @tenant {session.Dialect.ForUpdate}").With("tenant", tenant)
                .One(row => row.Long(), CancellationToken.None).ConfigureAwait(false);
        var landed = new long?[batch.Count];
        for (var i = 0; i < batch.Count; i++)
            landed[i] = await session.Sql("SELECT seq FROM decision_records WHERE tenant_id = @tenant AND trace_id = @trace")
                .With("tenant", batch[i].Row.Tenant.Value).With("trace", batch[i].Row.Trace.Value)
                .One(row => (long?)row.Long(), CancellationToken.None).ConfigureAwait(false);
        return landed;
    }

    /// <summary>Counts the records on at their tenants' heads and writes them; returns each one's number.</summary>
    protected abstract ValueTask<long[]> Write(Session session, IReadOnlyList<DecisionRow> rows);

    /// <summary>Claims the Idempotency-Keys, in the order given; returns the traces that won theirs.</summary>
    protected abstract ValueTask<HashSet<Guid>> Claim(Session session, IReadOnlyList<RecordAppend> appends);

    async ValueTask ClaimKeys(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        var claiming = Sorted(batch, one => one.Claim is not null, KeyOf).ToArray();
        if (claiming.Length == 0)
            return;
        var won = await Claim(session, [.. claiming.Select(i => batch[i])]).ConfigureAwait(false);
        foreach (var i in claiming)
            if (!won.Contains(batch[i].Row.Trace.Value))
                replies[i] = new CommitReply.IdempotencyTaken(await IdempotencyStore.Taken(session, batch[i]).ConfigureAwait(false));
    }

    /// <summary>An amendment gives its record's key back; where a repeat has had that record's answer, there is nothing to amend.</summary>
    static async ValueTask Release(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        for (var i = 0; i < batch.Count; i++)
            if (batch[i].GiveBack is { } release && !await IdempotencyStore.GiveBack(session, batch[i].Row, release).ConfigureAwait(false))
                replies[i] = Replies.AnswerStands;
    }

    static async ValueTask UseKeys(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        foreach (var i in Sorted(batch, one => one.UseKey is not null, one => (one.Row.Tenant.Value, one.UseKey!.Value.Value)))
            replies[i] ??= await EphemeralKeySteps.TakeUse(session, batch[i].Row.Tenant, batch[i].UseKey!.Value).ConfigureAwait(false);
    }

    static async ValueTask Approve(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        foreach (var i in Sorted(batch, one => one.Opening is not null, one => (one.Row.Tenant.Value, Convert.ToHexString(one.Opening!.Signature))))
            if (replies[i] is null)
            {
                var opened = await ApprovalSteps.Open(session, batch[i].Opening!, CancellationToken.None).ConfigureAwait(false);
                if (!opened.IsNew)
                    replies[i] = new CommitReply.ApprovalTaken(opened.Approval);
            }
        foreach (var i in Sorted(batch, one => one.Join is not null, one => (one.Row.Tenant.Value, one.Join!.Value.ToString())))
            if (replies[i] is null && !await ApprovalSteps.Join(session, batch[i].Row.Tenant, batch[i].Join!.Value, CancellationToken.None).ConfigureAwait(false))
                replies[i] = Replies.ApprovalOver;
        foreach (var i in Sorted(batch, one => one.UseGrant is not null, one => (one.Row.Tenant.Value, one.UseGrant!.Value.ToString())))
            if (replies[i] is null && !await ApprovalSteps.TakeUse(session, batch[i].Row.Tenant, batch[i].UseGrant!.Value, CancellationToken.None).ConfigureAwait(false))
                replies[i] = Replies.GrantGone;
    }

    /// <summary>What an append took before it turned out that nothing of it is written.</summary>
    static async ValueTask GiveBack(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (replies[i] is CommitReply.ApprovalTaken or CommitReply.ApprovalOver or CommitReply.GrantGone or CommitReply.KeyGone && batch[i].Claim is not null)
                await IdempotencyStore.GiveBack(session, batch[i]).ConfigureAwait(false);
            if (replies[i] is CommitReply.ApprovalTaken or CommitReply.ApprovalOver or CommitReply.GrantGone && batch[i].UseKey is { } key)
                await EphemeralKeySteps.GiveBack(session, batch[i].Row.Tenant, key).ConfigureAwait(false);
        }
    }

    async ValueTask Insert(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        var open = Enumerable.Range(0, batch.Count).Where(i => replies[i] is null).ToArray();
        if (open.Length == 0)
            return;
        var numbers = await Write(session, [.. open.Select(i => batch[i].Row)]).ConfigureAwait(false);
        for (var i = 0; i < open.Length; i++)
            replies[open[i]] = new CommitReply.Committed(numbers[i]);
    }

    /// <summary>Which of the records that are to be undone are there: hardly ever one, so a spool is replayed in few round trips.</summary>
    static async ValueTask<HashSet<Guid>> LandedOf(Session session, IReadOnlyList<RecordAppend> batch)
    {
        var found = new HashSet<Guid>();
        foreach (var tenant in batch.Where(one => one.Undo is not null).GroupBy(one => one.Row.Tenant.Value))
            found.UnionWith(await session.Sql($"SELECT trace_id FROM decision_records WHERE tenant_id = @tenant AND {session.Dialect.AnyOf("trace_id", "@traces")}")
                .With("tenant", tenant.Key).With("traces", [.. tenant.Select(one => one.Undo!.Trace.Value)])
                .All(row => row.Uuid(), CancellationToken.None).ConfigureAwait(false));
        return found;
    }

    static async ValueTask WriteRiders(Session session, RecordAppend append, HashSet<Guid> landed)
    {
        if (append.Withdraw is { } approval)
            await ApprovalSteps.Withdraw(session, append.Row.Tenant, approval, CancellationToken.None).ConfigureAwait(false);
        if (append.Undo is { } refused && landed.Contains(refused.Trace.Value) && (refused.Key is not { } key || await IdempotencyStore.GiveBack(session, append.Row, new(key, refused.Trace)).ConfigureAwait(false)))
            await ApprovalSteps.WithdrawOpenedBy(session, append.Row.Tenant, refused.Trace, CancellationToken.None).ConfigureAwait(false);
        foreach (var row in append.Outbox)
            await Outbox.Insert(session, row, CancellationToken.None).ConfigureAwait(false);
        foreach (var row in append.Audit)
            await AuditLog.Insert(session, row, CancellationToken.None).ConfigureAwait(false);
    }

    protected static (Guid, string) KeyOf(RecordAppend one) => (one.Row.Tenant.Value, one.Row.KeyId + "/" + one.Claim!.Key);

    protected static IEnumerable<int> Sorted(IReadOnlyList<RecordAppend> batch, Func<RecordAppend, bool> has, Func<RecordAppend, (Guid, string)> key)
    {
        List<((Guid, string) Key, int Index)>? found = null;
        for (var i = 0; i < batch.Count; i++)
            if (has(batch[i]))
                (found ??= []).Add((key(batch[i]), i));
        if (found is null)
            return [];
        found.Sort((a, b) => a.Key.Item1 != b.Key.Item1 ? a.Key.Item1.CompareTo(b.Key.Item1) : string.CompareOrdinal(a.Key.Item2, b.Key.Item2));
        return found.Select(one => one.Index);
    }
}
