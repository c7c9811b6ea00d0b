namespace Interven.Engine.Policies;

/// <summary>One version of a policy as a tenant has it. What stands here counts, not what the document says of the same.</summary>
/// <param name="PolicyId">Stays the same over all versions.</param>
/// <param name="Name">Breaks ties between rules as strict with the same priority.</param>
/// <param name="Version">From 1.</param>
/// <param name="Env">The only environment it is asked for; null for all.</param>
/// <param name="Enabled">A disabled policy is not asked.</param>
/// <param name="Mode">Monitor: evaluated and told, without effect.</param>
/// <param name="Document">Its rules.</param>
public sealed record StoredPolicy(
    Guid PolicyId, string Name, int Version, string? Env, bool Enabled, PolicyMode Mode, PolicyDocument Document)
{
    /// <summary>A version whose name, environment and state are those of its document.</summary>
    public static StoredPolicy Of(Guid policyId, int version, PolicyDocument document) =>
        new(policyId, document.Name, version, document.EnvName, document.Enabled, document.Mode, document);

    /// <summary>Asked for calls of <paramref name="env"/>. Case is no way round a policy.</summary>
    public bool AppliesTo(string env) => Env is null || string.Equals(Env, env, StringComparison.OrdinalIgnoreCase);
}
