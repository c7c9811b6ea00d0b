using Interven.Contracts.Approvals;

namespace Interven.GrainInterfaces.Approvals;

/// <summary>One paused call. Key: <see cref="GrainKeys.Approval"/>. The authority is its row; the grain queues and wakes.</summary>
[Alias("approval"), GrainInterfaceType("approval")]
public interface IApprovalGrain : IGrainWithStringKey
{
    /// <summary>Where it stands; with <paramref name="wait"/>, as soon as it is decided or the time is over.</summary>
    [Alias("status"), ResponseTimeout("00:02:30")]
    Task<Reply<ApprovalStatus>> Status(TimeSpan wait);
}

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
[GenerateSerializer, Immutable, Alias("call-standing")]
public sealed record CallStanding([property: Id(0)] CallStandingKind Kind, [property: Id(1)] Guid? Approval, [property: Id(2)] DateTimeOffset? ExpiresAt)
{
    public static readonly CallStanding None = new(CallStandingKind.None, null, null);
}

public enum CallStandingKind : byte { None, Pending, Granted, Denied }
