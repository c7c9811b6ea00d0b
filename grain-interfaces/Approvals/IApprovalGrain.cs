using Interven.Contracts.Approvals;

namespace Interven.GrainInterfaces.Approvals;

/// <summary>One paused call. Key: <see cref="GrainKeys.Approval"/>. The authority is its row; the grain queues and wakes.</summary>
[Alias("approval"), GrainInterfaceType("approval")]
public interface IApprovalGrain : IGrainWithStringKey
{
    /// <summary>Where it stands; with <paramref name="wait"/>, as soon as it is decided or the time is over.</summary>
    [Alias("status"), ResponseTimeout("00:02:30")]
    Task<Reply<ApprovalStatus>> Status(TimeSpan wait, CancellationToken hungUp = default);

    /// <summary>With what a reviewer needs to see, where somebody who might decide asks.</summary>
    [Alias("detail")]
    Task<Reply<Approval>> Detail(Actor? viewer = null);

    /// <summary>Takes one person's word. Durable when it returns; whoever waits has been told. 409 with the outcome where it was decided before.</summary>
    [Alias("decide")]
    Task<Reply<Approval>> Decide(ApprovalWord word, Actor actor);

    /// <summary>Turns an approved call into its one execution, for the key that asked.</summary>
    [Alias("redeem")]
    Task<Reply<RedeemedCall>> Redeem(Actor caller);
}

/// <summary>What a person says to a paused call.</summary>
/// <param name="Approves">False denies.</param>
/// <param name="Note">Kept with the decision.</param>
/// <param name="Body">Another body to approve instead of the proposed one, as JSON; null approves what is there.</param>
/// <param name="EditHash">Hash of the edit that the person has seen; null where none was seen.</param>
/// <param name="Again">Said before by the same person, to a silo that did not answer: what came of it then is the answer.</param>
[GenerateSerializer, Immutable, Alias("approval-word")]
public sealed record ApprovalWord([property: Id(0)] bool Approves, [property: Id(1)] string? Note, [property: Id(2)] byte[]? Body = null, [property: Id(3)] string? EditHash = null, [property: Id(4)] bool Again = false);

/// <summary>What the identical call has had decided lately. Key: <see cref="GrainKeys.Call"/>.</summary>
[Alias("call"), GrainInterfaceType("call")]
public interface ICallGrain : IGrainWithStringKey
{
    [Alias("standing")]
    Task<CallStanding> Standing();
}

/// <summary>What the identical call meets.</summary>
/// <param name="Kind">Nothing, an approval that is still pending, a grant to use, or a denial in its window.</param>
/// <param name="Approval">The approval behind it.</param>
/// <param name="ExpiresAt">When that ends.</param>
/// <param name="Required">How many people have approved it.</param>
/// <param name="ApproverGroup">Whose members it asked for; null for anyone eligible.</param>
/// <param name="IsEdited">What was approved is another body than the call's.</param>
/// <param name="IsJoined">A pending one has been joined by an identical call before.</param>
[GenerateSerializer, Immutable, Alias("call-standing")]
public sealed record CallStanding(
    [property: Id(0)] CallStandingKind Kind,
    [property: Id(1)] Guid? Approval,
    [property: Id(2)] DateTimeOffset? ExpiresAt,
    [property: Id(3)] int Required = 1,
    [property: Id(4)] string? ApproverGroup = null,
    [property: Id(5)] bool IsEdited = false,
    [property: Id(6)] bool IsJoined = false)
{
    public static readonly CallStanding None = new(CallStandingKind.None, null, null);
}

public enum CallStandingKind : byte { None, Pending, Granted, Denied }
