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
        var replies = await Apply(session, batch).ConfigureAwait(false);
        await session.Commit(CancellationToken.None).ConfigureAwait(false);
        return replies;
    }

    protected async ValueTask<CommitReply[]> Apply(Session session, IReadOnlyList<RecordAppend> batch)
    {
        var replies = new CommitReply?[batch.Count];
        await ClaimKeys(session, batch, replies).ConfigureAwait(false);
        var undone = await Landed(session, batch, []).ConfigureAwait(false);
        await Release(session, batch, replies, undone).ConfigureAwait(false);
        await UseKeys(session, batch, replies).ConfigureAwait(false);
        await Approve(session, batch, replies, undone).ConfigureAwait(false);
        await GiveBack(session, batch, replies).ConfigureAwait(false);
        await Insert(session, batch, replies).ConfigureAwait(false);
        await UndoLate(session, batch, replies, undone).ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
            if (replies[i] is CommitReply.Committed)
                await WriteRiders(session, batch[i]).ConfigureAwait(false);
        await IncidentSteps.Flag(session, [.. batch.Where((one, i) => one.Flag is not null && replies[i] is CommitReply.Committed)], CancellationToken.None).ConfigureAwait(false);
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

    /// <summary>An amendment, and a refusal whose record has landed, give that record's key back; where a repeat has had its answer, there is nothing to amend or to undo.</summary>
    static async ValueTask Release(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies, Dictionary<Guid, ApprovalId?> undone)
    {
        foreach (var i in Sorted(batch, one => (one.GiveBack?.Key ?? one.Undo?.Key) is not null, one => (one.Row.Tenant.Value, $"{one.Row.KeyId}/{one.GiveBack?.Key ?? one.Undo?.Key}")))
            if (batch[i].GiveBack is { } release)
                replies[i] = await IdempotencyStore.GiveBack(session, batch[i].Row, release).ConfigureAwait(false) ? null : Replies.AnswerStands;
            else if (batch[i].Undo is { } refused && undone.ContainsKey(refused.Trace.Value) && !await GivesKeyBack(session, batch[i], refused).ConfigureAwait(false))
                undone[refused.Trace.Value] = null;
    }

    static async ValueTask UseKeys(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies)
    {
        foreach (var i in Sorted(batch, one => (one.UseKey ?? one.ReturnKey) is not null, one => (one.Row.Tenant.Value, (one.UseKey ?? one.ReturnKey)!.Value.Value)))
            if (batch[i].UseKey is { } used)
                replies[i] ??= await EphemeralKeySteps.TakeUse(session, batch[i].Row.Tenant, used).ConfigureAwait(false);
            else if (replies[i] is null)
                await EphemeralKeySteps.GiveBack(session, batch[i].Row.Tenant, batch[i].ReturnKey!.Value).ConfigureAwait(false);
    }

    static async ValueTask Approve(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies, Dictionary<Guid, ApprovalId?> undone)
    {
        foreach (var i in Sorted(batch, one => one.Opening is not null, one => (one.Row.Tenant.Value, Convert.ToHexString(one.Opening!.Signature))))
            if (replies[i] is null)
            {
                var opened = await ApprovalSteps.Open(session, batch[i].Opening!, CancellationToken.None).ConfigureAwait(false);
                if (!opened.IsNew)
                    replies[i] = new CommitReply.ApprovalTaken(opened.Approval);
            }
        ApprovalId? Met(RecordAppend one) => one.Join ?? one.UseGrant ?? one.Withdraw ?? one.ReturnGrant ?? (one.Undo is { } refused ? undone.GetValueOrDefault(refused.Trace.Value) : null);
        foreach (var i in Sorted(batch, one => Met(one) is not null, one => (one.Row.Tenant.Value, Met(one)!.Value.ToString())))
            replies[i] ??= await Meet(session, batch[i], Met(batch[i])!.Value).ConfigureAwait(false);
    }

    /// <summary>Null unless nothing is written because of it.</summary>
    static async ValueTask<CommitReply?> Meet(Session session, RecordAppend append, ApprovalId approval)
    {
        var (tenant, cancel) = (append.Row.Tenant, CancellationToken.None);
        if (append.Join is not null)
            return await ApprovalSteps.Join(session, tenant, approval, cancel).ConfigureAwait(false) ? null : Replies.ApprovalOver;
        if (append.UseGrant is not null)
            return await ApprovalSteps.TakeUse(session, tenant, approval, cancel).ConfigureAwait(false) ? null : Replies.GrantGone;
        if (append.ReturnGrant is not null)
            await ApprovalSteps.ReturnUse(session, tenant, approval, cancel).ConfigureAwait(false);
        else
            await ApprovalSteps.Withdraw(session, tenant, approval, cancel).ConfigureAwait(false);
        return null;
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

    /// <summary>Which of the records that are to be undone are there, and the pending approval that each opened: hardly ever one, so a spool is replayed in few round trips.</summary>
    static async ValueTask<Dictionary<Guid, ApprovalId?>> Landed(Session session, IReadOnlyList<RecordAppend> batch, Dictionary<Guid, ApprovalId?> known)
    {
        var found = new Dictionary<Guid, ApprovalId?>();
        foreach (var tenant in batch.Where(one => one.Undo is { } refused && !known.ContainsKey(refused.Trace.Value)).GroupBy(one => one.Row.Tenant.Value))
            // By way of the record: approvals are found by their ids, not by their records.
            foreach (var (trace, opened) in await session.Sql($"""
                SELECT r.trace_id, a.approval_id FROM decision_records r
                LEFT JOIN approvals a ON a.tenant_id = r.tenant_id AND a.approval_id = r.approval_id AND a.trace_id = r.trace_id AND a.state = 0
                WHERE r.tenant_id = @tenant AND {session.Dialect.AnyOf("r.trace_id", "@traces")}
                """).With("tenant", tenant.Key).With("traces", [.. tenant.Select(one => one.Undo!.Trace.Value)])
                .All(row => (row.Uuid(), row.UuidOrNull() is { } approval ? new ApprovalId(approval) : (ApprovalId?)null), CancellationToken.None).ConfigureAwait(false))
                found[trace] = opened;
        return found;
    }

    /// <summary>What was still under way when this batch looked for it, and is not now that it has the tenants' heads.</summary>
    static async ValueTask UndoLate(Session session, IReadOnlyList<RecordAppend> batch, CommitReply?[] replies, Dictionary<Guid, ApprovalId?> known)
    {
        var late = await Landed(session, batch, known).ConfigureAwait(false);
        for (var i = 0; i < batch.Count && late.Count > 0; i++)
            if (replies[i] is CommitReply.Committed && batch[i].Undo is { } refused && late.TryGetValue(refused.Trace.Value, out var opened)
                && await GivesKeyBack(session, batch[i], refused).ConfigureAwait(false) && opened is { } approval)
                await ApprovalSteps.Withdraw(session, batch[i].Row.Tenant, approval, CancellationToken.None).ConfigureAwait(false);
    }

    static async ValueTask<bool> GivesKeyBack(Session session, RecordAppend append, RefusedRecord refused) =>
        refused.Key is not { } key || await IdempotencyStore.GiveBack(session, append.Row, new(key, refused.Trace)).ConfigureAwait(false);

    static async ValueTask WriteRiders(Session session, RecordAppend append)
    {
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
