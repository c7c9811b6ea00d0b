using System.Text.Json;

namespace Interven.Contracts.Scanning;

/// <summary><c>POST /v1/scan</c>: a call that an agent intends. Unknown fields are ignored.</summary>
public sealed record ScanRequest
{
    /// <summary>The HTTP verb that the agent intends, at most 32 letters.</summary>
    public required string Method { get; init; }

    /// <summary>Absolute URL, at most 8,192 characters. Pseudo-schemes are legal: <c>tool://</c>, <c>mcp://</c>, <c>exec://</c>, <c>shell://</c>, <c>search://</c>, <c>message://</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Any JSON.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>Outbound headers: each a string or a list of strings. Scanned, never stored.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Headers { get; init; }

    /// <summary>At most 200 characters; need not be a UUID. Default: the key's agent.</summary>
    public string? AgentId { get; init; }

    public string? AgentName { get; init; }

    public string? RuntimeType { get; init; }

    /// <summary>Believed only where the URL maps to no known tool.</summary>
    public string? ToolName { get; init; }

    /// <summary>Believed only where the URL maps to no known tool.</summary>
    public string? Operation { get; init; }

    /// <summary>Conversation context for the risk engines; never stored.</summary>
    public string? Context { get; init; }

    /// <summary>Default: the key's environment.</summary>
    public string? Env { get; init; }

    /// <summary>0 to 110,000 ms: how long to hold the answer of a REQUIRE_APPROVAL until it is decided.</summary>
    public int? WaitMs { get; init; }
}
