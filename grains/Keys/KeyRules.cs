using Interven.Contracts.Errors;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;

namespace Interven.Grains.Keys;

/// <summary>What a request for a key may hold, and how a key is listed.</summary>
static class KeyRules
{
    const int MostBlocks = 200;

    public static List<FieldError> Check(MintKeyRequest request)
    {
        var problems = new List<FieldError>();
        CheckName(request.Name, problems);
        CheckAllowlist(request.IpAllowlist, problems);
        CheckLength(request.DefaultAgentId, 200, "$.default_agent_id", problems);
        CheckLength(request.EnvName, 100, "$.env_name", problems);
        CheckLength(request.Description, 500, "$.description", problems);
        for (var i = 0; i < request.Scopes?.Count; i++)
            if (!KeyScopes.All.Contains(request.Scopes[i]))
                problems.Add(new($"$.scopes[{i}]", $"Unknown scope; the scopes are {string.Join(", ", KeyScopes.All)}."));
        return problems;
    }

    public static List<FieldError> Check(PatchKeyRequest change)
    {
        var problems = new List<FieldError>();
        if (change.Name is not null && (string.IsNullOrWhiteSpace(change.Name) || change.Name.Length > 100))
            problems.Add(new("$.name", "A name has 1 to 100 characters."));
        else
            CheckLength(change.Name, 100, "$.name", problems);
        CheckAllowlist(change.IpAllowlist, problems);
        CheckLength(change.DefaultAgentId, 200, "$.default_agent_id", problems);
        CheckLength(change.Description, 500, "$.description", problems);
        return problems;
    }

    public static List<FieldError> Check(MintEphemeralKeyRequest request)
    {
        var problems = new List<FieldError>();
        if (request.TtlSeconds is < 1 or > 86_400)
            problems.Add(new("$.ttl_seconds", "The life must be 1 to 86400 seconds."));
        if (request.MaxUses is < 1 or > 1000)
            problems.Add(new("$.max_uses", "The uses must be 1 to 1000."));
        CheckLength(request.Description, 500, "$.description", problems);
        for (var i = 0; i < request.Scope?.Tools?.Count; i++)
            if (string.IsNullOrWhiteSpace(request.Scope.Tools[i]))
                problems.Add(new($"$.scope.tools[{i}]", "A tool's name is required."));
        for (var i = 0; i < request.Scope?.Verbs?.Count; i++)
            if (!Words.TryParseVerb(request.Scope.Verbs[i], out _))
                problems.Add(new($"$.scope.verbs[{i}]", "The verbs are READ, WRITE and ADMIN."));
        return problems;
    }

    public static Refusal Invalid(IReadOnlyList<FieldError> problems) => new(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);

    public static KeyRow Row(ListedApiKey listed, DateTimeOffset now)
    {
        var (row, key) = (listed.Key, listed.Key.Key);
        var status = row.RevokedAt is not null || row.ExpiresAt <= now ? "revoked" : row.ExpiresAt is not null ? "rotating" : "active";
        return new(key.Key.Value, key.Prefix, key.Name, status, key.Allowlist, key.DefaultAgentId ?? key.Name, key.Env, key.Description, key.Scopes,
            key.ErrorsAsDeny, row.CreatedAt, listed.LastUsedAt, row.ExpiresAt, listed.BlockedAttempts, listed.CallsInDay);
    }

    public static void CheckName(string? name, List<FieldError> problems)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
        else
            CheckLength(name, 100, "$.name", problems);
    }

    public static void CheckAllowlist(IReadOnlyList<string>? blocks, List<FieldError> problems)
    {
        if (blocks?.Count > MostBlocks)
            problems.Add(new("$.ip_allowlist", $"At most {MostBlocks} blocks."));
        for (var i = 0; i < blocks?.Count; i++)
            if (!AddressBlocks.TryParse(blocks[i], out _))
                problems.Add(new($"$.ip_allowlist[{i}]", "This is no CIDR block such as 203.0.113.0/24 or 2001:db8::/32 (the shortest decimal spelling, host bits zero)."));
    }

    static void CheckLength(string? text, int most, string path, List<FieldError> problems)
    {
        if (text?.Length > most)
            problems.Add(new(path, $"At most {most} characters."));
        else if (text is not null && text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            problems.Add(new(path, "Control characters are not allowed."));
    }
}
