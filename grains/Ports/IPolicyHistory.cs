namespace Interven.Grains.Ports;

/// <summary>What policies said in the past.</summary>
public interface IPolicyHistory
{
    /// <summary>Versions that were made before the end and not replaced before the beginning of a range, by policy and version; of deleted policies too.</summary>
    ValueTask<IReadOnlyList<PastPolicy>> InForce(TenantId tenant, DateTimeOffset since, DateTimeOffset until, int skip, int limit, CancellationToken cancel = default);
}

/// <param name="ReplacedAt">When the next version was made, or the policy deleted before; null for what is in force.</param>
public sealed record PastPolicy(PolicyId Policy, int Version, byte[] Content, byte[] ContentHash, string Author, DateTimeOffset CreatedAt, DateTimeOffset? ReplacedAt);
