using System.Text.Json;

namespace Interven.Contracts.Scanning;

/// <summary><c>POST /v1/a2a/scan</c>: a hand-over from one agent to another, decided like a call.</summary>
public sealed record HandoverRequest
{
    /// <summary>An agent of the caller's tenant, at most 200 characters; <c>tenant_id:agent</c> names the tenant too, and another one is refused with 403.</summary>
    public required string FromAgentId { get; init; }

    /// <summary>As <c>from_agent_id</c>.</summary>
    public required string ToAgentId { get; init; }

    /// <summary>What the other agent is to do, e.g. <c>delegate</c>: the operation that rules match.</summary>
    public required string Method { get; init; }

    /// <summary>In words, at most 4,000 characters.</summary>
    public string? Intent { get; init; }

    /// <summary>Any JSON.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Environment of both agents; one that the key is not bound to is refused with 403.</summary>
    public string? Env { get; init; }
}
