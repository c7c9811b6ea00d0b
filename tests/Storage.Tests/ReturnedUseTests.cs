using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

/// <summary>What an amendment gives back of a grant whose use its record had taken.</summary>
[Collection("both stores")]
public sealed class ReturnedUseTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_use_whose_answer_was_refused_is_given_back_once_and_its_sealed_call_is_there_still(string store)
    {
        var room = stores.Room(store);
        var (log, approvals) = (room.Get<IDecisionLog>(), room.Get<IApprovalStore>());
        var grant = await Granted(approvals);
        var used = Use(grant);
        Assert.IsType<CommitReply.Committed>(await log.Append(used));
        Assert.IsType<CommitReply.GrantGone>(await log.Append(Use(grant)));
        await approvals.ClearLapsed(1000);

        var returned = Return(used);
        Assert.IsType<CommitReply.Committed>(await log.Append(returned));
        // Spooled as well, it is replayed: its trace tells the log.
        Assert.IsType<CommitReply.Refused>(await log.Append(returned));
        var row = await approvals.Find(grant.Tenant, grant.Approval);
        Assert.Equal(1, row!.UsesLeft);
        Assert.Equal(grant.SealedCall, row.Opening.SealedCall);

        Assert.IsType<CommitReply.Committed>(await log.Append(Use(grant)));
        Assert.IsType<CommitReply.GrantGone>(await log.Append(Use(grant)));
        await using (var session = await room.Database.Change(CancellationToken.None))
        {
            await session.Sql($"UPDATE approvals SET last_used_at = {session.Dialect.NowPlus("-61000")} WHERE approval_id = @approval").With("approval", grant.Approval.Value).Run(default);
            await session.Commit(default);
        }
        await approvals.ClearLapsed(1000);
        Assert.Empty((await approvals.Find(grant.Tenant, grant.Approval))!.Opening.SealedCall);
        await log.Append(Return(used));
        Assert.Equal(0, (await approvals.Find(grant.Tenant, grant.Approval))!.UsesLeft);
    }

    [Theory, OnBoth]
    public async Task No_use_is_given_back_whose_answer_stands_or_whose_grant_was_revoked(string store)
    {
        var room = stores.Room(store);
        var (log, approvals) = (room.Get<IDecisionLog>(), room.Get<IApprovalStore>());
        var told = await Granted(approvals);
        var used = Use(told) with { Claim = Make.Claim("call") };
        Assert.IsType<CommitReply.Committed>(await log.Append(used));
        Assert.IsType<CommitReply.IdempotencyTaken>(await log.Append(Make.Append(told.Tenant) with { Claim = Make.Claim("call") }));
        Assert.IsType<CommitReply.AnswerStands>(await log.Append(Return(used) with { GiveBack = new("call", used.Row.Trace) }));
        Assert.Equal(0, (await approvals.Find(told.Tenant, told.Approval))!.UsesLeft);

        var revoked = await Granted(approvals);
        var last = Use(revoked);
        Assert.IsType<CommitReply.Committed>(await log.Append(last));
        Assert.Null(await approvals.RevokeGrant(revoked.Tenant, revoked.Approval, Make.Audit(revoked.Tenant)));
        Assert.IsType<CommitReply.Committed>(await log.Append(Return(last)));
        Assert.Equal(0, (await approvals.Find(revoked.Tenant, revoked.Approval))!.UsesLeft);
    }

    static async Task<ApprovalOpening> Granted(IApprovalStore approvals)
    {
        var opening = Make.Opening(Make.Tenant());
        await approvals.Open(opening, [], Make.Audit(opening.Tenant));
        await approvals.Change(opening.Tenant, opening.Approval, 1, Make.Decide(opening.Tenant, ApprovalState.Approved));
        return opening;
    }

    static RecordAppend Use(ApprovalOpening grant) => new() { Row = Make.Row(grant.Tenant) with { Approval = grant.Approval }, UseGrant = grant.Approval };

    static RecordAppend Return(RecordAppend used) => new()
    {
        Row = Make.Row(used.Row.Tenant) with { Kind = "answer_amended", Parent = used.Row.Trace }, ReturnGrant = used.UseGrant,
    };
}
