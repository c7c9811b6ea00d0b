using Interven.Contracts.Keys;

namespace Interven.GrainInterfaces.Keys;

/// <summary>A tenant's ephemeral keys, for people. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("ephemeral-keys"), GrainInterfaceType("ephemeral-keys")]
public interface IEphemeralKeysGrain : IGrainWithStringKey
{
    /// <summary>Newest first.</summary>
    /// <param name="status"><c>active</c>, <c>expired</c>, <c>exhausted</c>, <c>revoked</c>; null for all.</param>
    /// <param name="limit">1 to 500.</param>
    [Alias("list")]
    Task<Reply<IReadOnlyList<EphemeralKeySummary>>> List(string? status, int limit);
}
