using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Evidence;

/// <summary>A tenant's decision records, for reading. Key: <see cref="GrainKeys.Tenant"/>; any silo answers.</summary>
[Alias("decisions"), GrainInterfaceType("decisions")]
public interface IDecisionsGrain : IGrainWithStringKey
{
    /// <summary>Newest first.</summary>
    /// <param name="query">What to show.</param>
    /// <param name="limit">1 to 500.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the page before; null for the first.</param>
    [Alias("list")]
    Task<Reply<Page<DecisionSummary>>> List(DecisionQuery query, int limit, string? cursor);

    [Alias("find")]
    Task<Reply<DecisionDetail>> Find(Guid trace);

    /// <param name="window">How far back from now; or null, and the query's times count.</param>
    /// <param name="since">First moment, where there is no window.</param>
    /// <param name="until">First moment that does not count, where there is no window.</param>
    [Alias("stats"), ResponseTimeout("00:01:00")]
    Task<Reply<DecisionStats>> Stats(TimeSpan? window, DateTimeOffset? since, DateTimeOffset? until);

    /// <summary>In the order of their numbers, at most 500: what a live view missed.</summary>
    [Alias("after")]
    Task<IReadOnlyList<DecisionSummary>> After(long seq);
}

/// <summary>
/// Follows a tenant's records while somebody watches, and puts them on the tenant's stream. Scans know nothing of it. Key: <see cref="GrainKeys.Tenant"/>.
/// </summary>
[Alias("live"), GrainInterfaceType("live")]
public interface ILiveGrain : IGrainWithStringKey
{
    /// <summary>To be called every fifteen seconds by whoever watches; the following ends a minute after the last call.</summary>
    [Alias("watch")]
    Task Watch();
}

/// <summary>The stream of a tenant's records as they are committed. Loss is allowed: the table is the truth.</summary>
public static class LiveStream
{
    /// <summary>Namespace of the streams; the key is the tenant's id.</summary>
    public const string Decisions = "decisions";
}

/// <summary>Records in the order of their numbers.</summary>
[GenerateSerializer, Immutable, Alias("live-decisions")]
public sealed record LiveDecisions([property: Id(0)] IReadOnlyList<LiveDecision> Records);

/// <param name="Seq">Number within the tenant.</param>
/// <param name="Json">A <see cref="DecisionSummary"/> in UTF-8.</param>
[GenerateSerializer, Immutable, Alias("live-decision")]
public sealed record LiveDecision([property: Id(0)] long Seq, [property: Id(1)] byte[] Json);
