using Interven.Contracts;
using Interven.Engine.Normalising;

namespace Interven.Engine.Deciding;

/// <summary>Who asks, as its key proves.</summary>
public sealed record Caller
{
    public required string KeyId { get; init; }

    /// <summary>The first characters of the key, for people.</summary>
    public string KeyPrefix { get; init; } = "";

    public string? AgentId { get; init; }
    public string? AgentName { get; init; }
    public string? RuntimeType { get; init; }

    /// <summary>The environment that the key is bound to; null for none.</summary>
    public string? Env { get; init; }

    public string ClientIp { get; init; } = "";

    /// <summary>The key itself is stopped.</summary>
    public bool Suspended { get; init; }

    /// <summary>Set for ephemeral keys.</summary>
    public EphemeralScope? Scope { get; init; }
}

/// <summary>What an ephemeral key covers. Null does not narrow; an empty list covers nothing.</summary>
public sealed record EphemeralScope(IReadOnlyList<string>? Tools, IReadOnlyList<Verb>? Verbs)
{
    /// <summary>What of <paramref name="call"/> lies outside; empty where it is covered. Words only, never the call's own text beyond tool and verb.</summary>
    public IReadOnlyList<string> Violations(ToolCall call)
    {
        List<string> violations = [];
        if (Tools is not null && !Tools.Contains(call.Tool, StringComparer.Ordinal))
            violations.Add($"tool `{call.Tool}` is not in scope");
        if (Verbs is not null && !Verbs.Contains(call.Verb))
            violations.Add($"verb `{call.Verb.Word()}` is not in scope");
        return violations;
    }
}
