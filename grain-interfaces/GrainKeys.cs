namespace Interven.GrainInterfaces;

/// <summary>
/// The one place where grain keys are made. Each begins with a letter and a slash: Orleans' AdoNet storage folds keys that read as
/// hexadecimal numbers or GUIDs, so that "1a" and "01A" would share a row.
/// </summary>
public static class GrainKeys
{
    const string All = "all";

    /// <summary>The one instance of a grain that a cluster has once.</summary>
    public const string Singleton = "s/only";

    /// <summary>A stateless worker of the installation. Any name will do: what one silo cannot look up by one, another may by the next.</summary>
    public static string Any(int number) => number == 0 ? Singleton : $"{Singleton}/{number}";

    /// <summary>The same for a tenant's.</summary>
    public static string AnyOf(Guid tenant, int number) => number == 0 ? Tenant(tenant) : $"{Tenant(tenant)}/{number}";

    public static string Tenant(Guid tenant) => $"t/{tenant:N}";

    public static string Key(string keyId) => $"k/{keyId}";

    /// <summary>Scans and admissions keep nothing: a front end's lanes only spread them over silos. A generation's grains are others, so they may live elsewhere.</summary>
    public static string Lane(int number, int generation) => $"l/{number}/{generation}";

    public static string EphemeralKey(string keyId) => $"e/{keyId}";

    /// <summary>An agent below one API key: behaviour and trust are kept for the pair.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="agent">Keyed hash of the agent's id: callers make ids up, and a grain's key is stored.</param>
    public static string Agent(Guid tenant, string keyId, ulong agent) => $"t/{tenant:N}/a/{keyId}/{agent:x16}";

    /// <summary>All agents below one API key together.</summary>
    public static string AllAgents(Guid tenant, string keyId) => $"t/{tenant:N}/a/{keyId}/{All}";

    /// <summary>Of an agent's key, that of all agents below the same API key; null where it is that already.</summary>
    public static string? AllAgentsOf(string key) => key[(key.LastIndexOf('/') + 1)..] is All ? null : $"{key[..key.LastIndexOf('/')]}/{All}";

    public static string Approval(Guid tenant, Guid approval) => $"t/{tenant:N}/p/{approval:N}";

    /// <param name="tenant">The tenant.</param>
    /// <param name="signature">SHA-256 of the canonical call, lower-case hex.</param>
    public static string Call(Guid tenant, string signature) => $"t/{tenant:N}/c/{signature}";

    public static string User(Guid tenant, Guid user) => $"t/{tenant:N}/u/{user:N}";

    /// <summary>Failed sign-ins are counted in a few pools, so that made-up addresses make no activations.</summary>
    public static string Source(string clientAddress) => $"i/{Crc32Base62.Crc(clientAddress) % 16}";

    /// <param name="scan">Made for this one request.</param>
    public static string Waiting(Guid scan) => $"w/{scan:N}";

    /// <param name="shard">One of the parts in which all tenants are pruned.</param>
    public static string RetentionShard(int shard) => $"r/{shard}";

    public static int RetentionShardOf(string key) => int.Parse(key.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A SIEM sink of a tenant.</summary>
    public static string Sink(Guid tenant, Guid sink) => $"t/{tenant:N}/s/{sink:N}";

    public static Guid SinkOf(string key) => Guid.ParseExact(key.AsSpan(key.LastIndexOf('/') + 1), "N");

    public static Guid TenantOf(string key) => Guid.ParseExact(key.AsSpan(2, 32), "N");

    public static string KeyIdOf(string key) => key[2..];

    public static Guid UserOf(string key) => Guid.ParseExact(key.AsSpan(key.LastIndexOf('/') + 1), "N");

    public static Guid ApprovalOf(string key) => Guid.ParseExact(key.AsSpan(key.LastIndexOf('/') + 1), "N");
}
