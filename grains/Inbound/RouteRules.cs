using Interven.Contracts.Errors;
using Interven.Contracts.Inbound;
using Interven.Contracts.Vault;
using Interven.Engine.Deciding;
using Interven.Grains.Ports;
using Interven.Grains.Vault;

namespace Interven.Grains.Inbound;

/// <summary>What an inbound route may say.</summary>
sealed class RouteRules(IDocumentStore documents, IEgressUrls urls)
{
    const int MostEntries = 100;

    public static bool IsPrefix(string? text) =>
        text is { Length: >= 3 and <= 63 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';

    public async Task<List<FieldError>> Check(StoredRoute route, TenantSnapshot tenant)
    {
        var problems = new List<FieldError>();
        CheckUpstream(route.UpstreamUrl, problems);
        await CheckCredential(route.CredentialId, tenant.Tenant, problems);
        if (route.ToolName is { } tool && (tool.Length is 0 or > 100 || tool.Any(char.IsControl)))
            problems.Add(new("$.tool_name", "A tool's name has 1 to 100 characters."));
        CheckAuth(route, problems);
        CheckEntries(route.Methods, "$.methods", method => method.Length is > 0 and <= 32 && method.All(char.IsAsciiLetterUpper), "An HTTP method in capitals, such as POST.", problems);
        CheckEntries(route.Paths, "$.paths", path => path is ['/', ..] && path.Length <= 500 && path.All(c => c is > ' ' and < '\x7f' and not '\\' and not '%' and not '?' and not '#'),
            "A path that begins with a slash, such as /v1/charges/*, without escapes.", problems);
        if (route.FailureMode is not (FailureModes.Block or FailureModes.FailOpen))
            problems.Add(new("$.failure_mode", "The failure mode is BLOCK or FAIL_OPEN."));
        if (route.EnvName is { } env && !tenant.Environments.Contains(env))
            problems.Add(new("$.env_name", "The tenant has no such environment."));
        return problems;
    }

    void CheckUpstream(string? url, List<FieldError> problems)
    {
        if (urls.Check(url) is { } problem)
            problems.Add(new("$.upstream_url", problem));
        else if (new Uri(url!) is var parsed && (parsed.Query.Length > 0 || parsed.Fragment.Length > 0))
            problems.Add(new("$.upstream_url", "The base URL must hold no query or fragment."));
    }

    async Task CheckCredential(Guid? credential, TenantId tenant, List<FieldError> problems)
    {
        if (credential is not { } id)
            return;
        if (await documents.Find(tenant, StoredCredential.Kind, id.ToString("N")) is not { } document)
            problems.Add(new("$.credential_id", "There is no such credential."));
        else if (StoredCredential.Of(document) is var stored && (stored.RevokedAt is not null || stored.Type == CredentialTypes.Slack))
            problems.Add(new("$.credential_id", "The credential is revoked, or of a type that cannot be injected."));
    }

    static void CheckAuth(StoredRoute route, List<FieldError> problems)
    {
        if (route.Auth.Kind is not (InboundAuth.ByKey or InboundAuth.ByPathToken))
            problems.Add(new("$.auth.kind", "The kind is `key` or `path_token`."));
        else if (route.Auth.Header is { } header && (route.Auth.Kind != InboundAuth.ByKey || !IsHeader(header)))
            problems.Add(new("$.auth.header", "A header name is given with `key` only."));
        var isValid = route.Agent.From switch
        {
            "key" => route.Agent.Value is null,
            "fixed" => route.Agent.Value is { Length: > 0 and <= 200 } agent && !agent.Any(char.IsControl),
            "header" => route.Agent.Value is { } name && IsHeader(name),
            _ => false,
        };
        if (!isValid)
            problems.Add(new("$.agent", "`from` is key, fixed (with the agent id in `value`), or header (with the header's name in `value`)."));
    }

    static void CheckEntries(IReadOnlyList<string> entries, string path, Func<string, bool> isValid, string message, List<FieldError> problems)
    {
        if (entries.Count > MostEntries)
            problems.Add(new(path, $"At most {MostEntries} entries."));
        for (var i = 0; i < entries.Count; i++)
            if (entries[i] is not { } entry || !isValid(entry))
                problems.Add(new($"{path}[{i}]", message));
    }

    static bool IsHeader(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
