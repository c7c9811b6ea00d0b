using System.Diagnostics;
using Interven.Grains.Ports;

namespace Interven.Storage.Recording;

/// <summary>An append on its way. Exactly one of writer and caller ends it, so that "refused" and "committed" are never both told.</summary>
sealed class PendingAppend(RecordAppend append)
{
    readonly TaskCompletionSource<CommitReply> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CancellationTokenRegistration abandonment;

    public RecordAppend Append => append;

    /// <summary>The trace that asks for it.</summary>
    public ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

    public Task<CommitReply> Reply => reply.Task;

    public bool IsOver => reply.Task.IsCompleted;

    public void AbandonOn(CancellationToken abandoned)
    {
        if (abandoned.CanBeCanceled)
            abandonment = abandoned.UnsafeRegister(static (state, _) => ((PendingAppend)state!).reply.TrySetResult(Replies.Abandoned), this);
    }

    /// <summary>Nothing to write: it wakes the writer.</summary>
    public static PendingAppend Nudge()
    {
        var nudge = new PendingAppend(null!);
        nudge.TryAnswer(Replies.Abandoned);
        return nudge;
    }

    /// <summary>False: the caller had given up before.</summary>
    public bool TryAnswer(CommitReply answer)
    {
        var told = reply.TrySetResult(answer);
        abandonment.Dispose();
        return told;
    }
}

static class Replies
{
    public static readonly CommitReply Abandoned = new CommitReply.Abandoned();
    public static readonly CommitReply Unavailable = new CommitReply.Unavailable();
    public static readonly CommitReply AnswerStands = new CommitReply.AnswerStands();
    public static readonly CommitReply ApprovalOver = new CommitReply.ApprovalOver();
    public static readonly CommitReply GrantGone = new CommitReply.GrantGone();
}
