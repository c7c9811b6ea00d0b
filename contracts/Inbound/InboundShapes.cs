using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Inbound;

/// <summary>How callers of an inbound route show who they are.</summary>
/// <param name="Kind"><c>key</c>: an <c>iv_live_…</c> or <c>iv_eph_…</c> key in a header. <c>path_token</c>: the route's own token as the first segment of the path, for platforms that can send no header.</param>
/// <param name="Header">With <c>key</c>: the header's name, default <c>Authorization</c>; a leading <c>Bearer </c> is skipped.</param>
public sealed record InboundAuth([property: Required] string? Kind, string? Header = null)
{
    public const string ByKey = "key", ByPathToken = "path_token";
}

/// <summary>What a route does while nothing can be decided.</summary>
public static class FailureModes
{
    public const string Block = "BLOCK", FailOpen = "FAIL_OPEN";
}

/// <summary>How the calling agent is named.</summary>
/// <param name="From"><c>key</c> (the default): the key's agent. <c>fixed</c>: the one in <c>value</c>. <c>header</c>: the header named in <c>value</c>; where it is absent, the key's agent.</param>
/// <param name="Value">Agent id or header name.</param>
public sealed record InboundAgent([property: Required] string? From, string? Value = null);

/// <summary>Asks for a route <c>/inbound/{prefix}/…</c> that scans what comes and forwards what may go, with a credential of the vault.</summary>
/// <param name="Prefix">3 to 63 lower-case letters, digits and hyphens; unique in the installation, and fixed.</param>
/// <param name="UpstreamUrl">Base URL, https, without query; the rest of the caller's path is appended.</param>
/// <param name="CredentialId">Injected into every forwarded request; absent: none.</param>
/// <param name="ToolName">Of the catalogue or the tenant's own; counts where the upstream's URL is of no known tool.</param>
/// <param name="Auth">Default: a key in <c>Authorization</c>.</param>
/// <param name="Methods">Allowed HTTP methods; empty or absent allows all.</param>
/// <param name="Paths">Allowed paths below the prefix, e.g. <c>/v1/charges/*</c>; <c>*</c> is a run without slash, <c>**</c> any run. Empty or absent allows all.</param>
/// <param name="FailureMode"><c>BLOCK</c> (default): 503 while nothing can be decided. <c>FAIL_OPEN</c>: forwards undecided then.</param>
/// <param name="EnvName">Environment of calls with a key that is bound to none.</param>
/// <param name="SanitizeResponse">Callers get what the upstream answered with its findings redacted.</param>
public sealed record CreateInboundRouteRequest(
    [property: Required] string? Prefix, [property: Required] string? UpstreamUrl, Guid? CredentialId = null, string? ToolName = null, InboundAuth? Auth = null, InboundAgent? Agent = null,
    IReadOnlyList<string>? Methods = null, IReadOnlyList<string>? Paths = null, string? FailureMode = null, string? EnvName = null, bool SanitizeResponse = false);

/// <summary>Changes a route; absent members stay as they are.</summary>
/// <param name="Enabled">A route that is not enabled is as if it were not there.</param>
public sealed record PatchInboundRouteRequest(
    string? UpstreamUrl = null, Guid? CredentialId = null, string? ToolName = null, InboundAuth? Auth = null, InboundAgent? Agent = null, IReadOnlyList<string>? Methods = null,
    IReadOnlyList<string>? Paths = null, string? FailureMode = null, string? EnvName = null, bool? SanitizeResponse = null, bool? Enabled = null);

/// <summary>A route as it is.</summary>
/// <param name="InboundUrl">Where callers send what they would have sent to <c>upstream_url</c>; with <c>path_token</c>, the token stands where <c>{token}</c> is.</param>
/// <param name="KeyId">With <c>path_token</c>: the key behind the token, in the list of keys too, for its allowlist and counters.</param>
public sealed record InboundRouteRow(
    Guid RouteId, string Prefix, string InboundUrl, string UpstreamUrl, Guid? CredentialId, string? ToolName, InboundAuth Auth, InboundAgent Agent, IReadOnlyList<string> Methods,
    IReadOnlyList<string> Paths, string FailureMode, string? EnvName, bool SanitizeResponse, bool Enabled, string? KeyId, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>A route that was just made, or got a new token: the only answer that ever carries it.</summary>
/// <param name="RouteToken">With <c>path_token</c>; null otherwise.</param>
public sealed record MintedInboundRoute(Guid RouteId, string Prefix, string InboundUrl, string? RouteToken, InboundRouteRow Route);

/// <summary>202 of an inbound route: a person has to decide. The identical call goes through once approved.</summary>
public sealed record PausedInboundCall(string Decision, string? ApprovalId, string? ApprovalUrl, string? ExpiresAt, Guid TraceId, IReadOnlyList<string> ReasonCodes);
