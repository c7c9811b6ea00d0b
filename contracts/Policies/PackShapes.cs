namespace Interven.Contracts.Policies;

/// <summary>Policies that come with the product, to be applied together.</summary>
/// <param name="Name">E.g. <c>fintech-starter</c>.</param>
public sealed record PolicyPack(string Name, IReadOnlyList<PackPolicy> Policies);

/// <summary>One policy of a pack.</summary>
/// <param name="Rules">Number of rules.</param>
/// <param name="Applied">The tenant has a policy of this name, whatever became of its content.</param>
public sealed record PackPolicy(string Name, string Description, int Rules, bool Applied);

/// <summary>How often a policy has decided.</summary>
/// <param name="Count">Decision records within the last 24 hours that name it.</param>
public sealed record PolicyHits(Guid PolicyId, long Count);
