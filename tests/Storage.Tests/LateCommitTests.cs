using Interven.Grains.Ports;
using Interven.Storage.Recording;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class LateCommitTests(BothStores stores)
{
    static readonly CommitLimits Hurried = new() { Patience = TimeSpan.FromMilliseconds(150), ProbeEvery = TimeSpan.FromMilliseconds(10) };
    static readonly CommitLimits Patient = new() { Patience = TimeSpan.FromMinutes(1) };

    [Theory, OnBoth]
    public async Task A_commit_that_lands_after_the_refusal_is_amended_and_its_approval_withdrawn(string store)
    {
        var room = stores.Room(store);
        var sink = new HeldSink(room.Get<IRecordSink>());
        await using var log = Log(sink, Hurried);
        sink.Hold();
        var late = WithAmendment(Make.Append(Make.Tenant()) with { Opening = null });
        late = WithAmendment(late with { Opening = Make.Opening(late.Row.Tenant) });

        Assert.IsType<CommitReply.Unavailable>(await log.Append(late));
        Assert.Equal(LogHealth.Unavailable, log.Health);
        Assert.IsType<CommitReply.Unavailable>(await log.Append(Make.Append(late.Row.Tenant)));
        sink.Release();
        await Eventually.Is(() => Task.FromResult(log.Health == LogHealth.Available), "the log is back");
        await Eventually.Is(async () => await room.Reads.Head(late.Row.Tenant) == 2, "the amendment is written");

        var rows = await room.Reads.After(late.Row.Tenant, 0, 10);
        Assert.Equal(("answer_amended", late.Row.Trace), (rows[1].Row.Kind, rows[1].Row.Parent));
        Assert.Equal(ApprovalState.Withdrawn, (await room.Get<IApprovalStore>().Find(late.Row.Tenant, late.Opening!.Approval))!.State);
    }

    [Theory, OnBoth]
    public async Task A_log_that_is_closed_while_its_store_goes_out_ends_and_refuses_what_is_left(string store)
    {
        var sink = new HeldSink(stores.Room(store).Get<IRecordSink>());
        var log = Log(sink, Hurried);
        sink.Hold();
        var first = log.Append(Make.Append(Make.Tenant())).AsTask();
        await sink.Landing.Task;
        var second = log.Append(Make.Append(Make.Tenant())).AsTask();

        await log.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.IsType<CommitReply.Unavailable>(await first);
        Assert.IsType<CommitReply.Unavailable>(await second);
        sink.Release();
    }

    [Theory, OnBoth]
    public async Task A_store_that_hangs_is_found_out_where_somebody_waited_for_it_in_vain(string store)
    {
        var room = stores.Room(store);
        var sink = new HeldSink(room.Get<IRecordSink>());
        await using var log = Log(sink, Hurried);
        log.Doubt();
        var tenant = Make.Tenant();
        Assert.Equal(new CommitReply.Committed(1), await log.Append(Make.Append(tenant)));
        sink.Hold();
        await Eventually.Is(() =>
        {
            log.Doubt();
            return Task.FromResult(log.Health == LogHealth.Unavailable);
        }, "the log has found out");
        Assert.IsType<CommitReply.Unavailable>(await log.Append(Make.Append(tenant)));
        sink.Release();
        await Eventually.Is(() => Task.FromResult(log.Health == LogHealth.Available), "the log is back");
        Assert.Equal(new CommitReply.Committed(2), await log.Append(Make.Append(tenant)));
    }

    [Theory, OnBoth]
    public async Task A_caller_that_gives_up_during_the_commit_is_answered_at_once_and_amended(string store)
    {
        var room = stores.Room(store);
        var sink = new HeldSink(room.Get<IRecordSink>());
        await using var log = Log(sink, Patient);
        sink.Hold();
        using var deadline = new CancellationTokenSource();
        var append = WithAmendment(Make.Append(Make.Tenant()));
        var reply = log.Append(append, deadline.Token).AsTask();
        await sink.Landing.Task;
        await deadline.CancelAsync();

        Assert.IsType<CommitReply.Abandoned>(await reply);
        sink.Release();
        await Eventually.Is(async () => await room.Reads.Head(append.Row.Tenant) == 2, "the amendment is written");
        Assert.Equal(LogHealth.Available, log.Health);
    }

    [Theory, OnBoth]
    public async Task What_was_given_up_before_it_was_taken_up_is_never_written(string store)
    {
        var room = stores.Room(store);
        var sink = new HeldSink(room.Get<IRecordSink>());
        await using var log = Log(sink, Patient);
        sink.Hold();
        var tenant = Make.Tenant();
        var first = log.Append(Make.Append(tenant)).AsTask();
        await sink.Landing.Task;
        using var deadline = new CancellationTokenSource();
        var second = log.Append(WithAmendment(Make.Append(tenant)), deadline.Token).AsTask();
        await deadline.CancelAsync();
        Assert.IsType<CommitReply.Abandoned>(await second);
        sink.Release();

        Assert.Equal(new CommitReply.Committed(1), await first);
        Assert.Equal(new CommitReply.Committed(2), await log.Append(Make.Append(tenant)));
    }

    [Theory, OnBoth]
    public async Task What_is_queued_is_still_committed_when_the_log_is_closed(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var sink = new HeldSink(room.Get<IRecordSink>());
        var log = Log(sink, Patient);
        sink.Hold();
        var appends = Enumerable.Range(0, 20).Select(_ => log.Append(Make.Append(tenant)).AsTask()).ToArray();
        var closing = log.DisposeAsync();
        sink.Release();
        await closing;
        Assert.All(await Task.WhenAll(appends), reply => Assert.IsType<CommitReply.Committed>(reply));
        Assert.Equal(20, await room.Reads.Head(tenant));
    }

    [Theory, OnBoth]
    public async Task A_refusal_that_is_replayed_after_a_death_undoes_the_record_that_landed_all_the_same(string store)
    {
        var room = stores.Room(store);
        var (tenant, log) = (Make.Tenant(), room.Get<IDecisionLog>());
        var (landed, other) = (Opening(tenant, "call-1"), Opening(tenant, "call-2"));
        Assert.IsType<CommitReply.Committed>(await log.Append(landed));
        Assert.IsType<CommitReply.Committed>(await log.Append(other));

        var path = Path.Combine(Path.GetTempPath(), $"spool-{Guid.CreateVersion7():N}");
        using var spool = new RefusalSpool(path, 1 << 20);
        Assert.True(spool.TryAdd(Make.Row(tenant) with { Kind = "refused", Parent = landed.Row.Trace }, "call-1"));
        Assert.True(spool.TryAdd(Make.Row(tenant) with { Kind = "refused", Parent = new(Guid.CreateVersion7()) }, "call-2"));
        await spool.Replay(async (spooled, cancel) => await log.Append(spooled, cancel) is CommitReply.Committed);

        var approvals = room.Get<IApprovalStore>();
        Assert.Equal(ApprovalState.Withdrawn, (await approvals.Find(tenant, landed.Opening!.Approval))!.State);
        Assert.Equal(ApprovalState.Pending, (await approvals.Find(tenant, other.Opening!.Approval))!.State);
        Assert.Null(await room.Get<IIdempotencyStore>().Tell(tenant, landed.Row.KeyId, "call-1"));
        Assert.NotNull(await room.Get<IIdempotencyStore>().Tell(tenant, other.Row.KeyId, "call-2"));
        Assert.Equal(4, await room.Reads.Head(tenant));
    }

    [Theory, OnBoth]
    public async Task A_record_whose_answer_a_repeat_was_told_is_neither_undone_nor_amended(string store)
    {
        var room = stores.Room(store);
        var (tenant, log) = (Make.Tenant(), room.Get<IDecisionLog>());
        var landed = Opening(tenant, "call");
        Assert.IsType<CommitReply.Committed>(await log.Append(landed));
        Assert.IsType<CommitReply.IdempotencyTaken>(await log.Append(Make.Append(tenant) with { Claim = Make.Claim("call") }));

        Assert.IsType<CommitReply.AnswerStands>(await log.Append(new()
        {
            Row = Make.Row(tenant) with { Kind = "answer_amended", Parent = landed.Row.Trace }, Withdraw = landed.Opening!.Approval, GiveBack = new("call", landed.Row.Trace),
        }));
        Assert.Equal(new CommitReply.Committed(2), await log.Append(Refusal(landed)));

        Assert.Equal(ApprovalState.Pending, (await room.Get<IApprovalStore>().Find(tenant, landed.Opening.Approval))!.State);
        Assert.Equal(landed.Row.Trace, (await room.Get<IIdempotencyStore>().Tell(tenant, landed.Row.KeyId, "call"))!.Trace);
    }

    [Theory, OnBoth]
    public async Task An_approval_that_an_identical_call_has_joined_is_not_withdrawn_and_one_that_is_over_is_not_joined(string store)
    {
        var room = stores.Room(store);
        var (tenant, log, approvals) = (Make.Tenant(), room.Get<IDecisionLog>(), room.Get<IApprovalStore>());
        var (joined, other) = (Opening(tenant, "joined"), Opening(tenant, "other"));
        Assert.IsType<CommitReply.Committed>(await log.Append(joined));
        Assert.IsType<CommitReply.Committed>(await log.Append(other));
        Assert.IsType<CommitReply.Committed>(await log.Append(Join(joined)));
        Assert.True((await approvals.Find(tenant, joined.Opening!.Approval))!.IsJoined);
        Assert.IsType<CommitReply.Committed>(await log.Append(Refusal(joined)));
        Assert.IsType<CommitReply.Committed>(await log.Append(Refusal(other)));

        Assert.Equal(ApprovalState.Pending, (await approvals.Find(tenant, joined.Opening!.Approval))!.State);
        Assert.Equal(ApprovalState.Withdrawn, (await approvals.Find(tenant, other.Opening!.Approval))!.State);
        Assert.IsType<CommitReply.ApprovalOver>(await log.Append(Join(other) with { Claim = Make.Claim("again") }));
        Assert.Null(await room.Get<IIdempotencyStore>().Tell(tenant, other.Row.KeyId, "again"));
        Assert.Equal(5, await room.Reads.Head(tenant));
    }

    [Theory, OnBoth]
    public async Task A_repeat_that_is_told_an_answer_while_its_record_is_undone_has_it_for_good_or_not_at_all(string store)
    {
        var room = stores.Room(store);
        var (tenant, log, keys, approvals) = (Make.Tenant(), room.Get<IDecisionLog>(), room.Get<IIdempotencyStore>(), room.Get<IApprovalStore>());
        for (var round = 0; round < 30; round++)
        {
            var landed = Opening(tenant, $"call-{round}");
            await log.Append(landed);
            var telling = Task.Run(() => keys.Tell(tenant, landed.Row.KeyId, landed.Claim!.Key).AsTask());
            var undoing = Task.Run(() => log.Append(Refusal(landed)).AsTask());
            var told = await telling;
            Assert.IsType<CommitReply.Committed>(await undoing);

            Assert.Equal(told is null, await keys.Tell(tenant, landed.Row.KeyId, landed.Claim!.Key) is null);
            Assert.Equal(told is null ? ApprovalState.Withdrawn : ApprovalState.Pending, (await approvals.Find(tenant, landed.Opening!.Approval))!.State);
        }
    }

    /// <summary>A call with a key that has to be asked for.</summary>
    static RecordAppend Opening(TenantId tenant, string key)
    {
        var opening = Make.Opening(tenant);
        return new() { Row = Make.Row(tenant) with { Trace = opening.Trace, Approval = opening.Approval }, Claim = Make.Claim(key), Opening = opening };
    }

    static RecordAppend Join(RecordAppend opened) => new()
    {
        Row = Make.Row(opened.Row.Tenant) with { Approval = opened.Row.Approval }, Join = opened.Opening!.Approval,
    };

    static RecordAppend Refusal(RecordAppend landed) => new()
    {
        Row = Make.Row(landed.Row.Tenant) with { Kind = "refused", Parent = landed.Row.Trace }, Undo = new(landed.Row.Trace, landed.Claim?.Key),
    };

    static GroupCommitLog Log(IRecordSink sink, CommitLimits limits) => new(sink, limits, TimeProvider.System, NullLogger<GroupCommitLog>.Instance);

    static RecordAppend WithAmendment(RecordAppend append) => append with
    {
        Amendment = () => new RecordAppend
        {
            Row = Make.Row(append.Row.Tenant) with { Kind = "answer_amended", Parent = append.Row.Trace }, Withdraw = append.Opening?.Approval,
        },
    };
}
