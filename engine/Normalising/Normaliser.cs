using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>
/// Tells what a call is (spec: tools and operations). The URL decides; what the caller claims counts only where the URL is of no known tool,
/// and then beside what the URL says, never instead of it.
/// </summary>
public static class Normaliser
{
    /// <summary>Never throws for any input. An address that is in no table is <c>custom_proxy</c>.</summary>
    public static ToolCall Identify(in CallInput call, TenantTools tenant, InternalDomains inside)
    {
        Span<Range> room = stackalloc Range[PathSegments.Most];
        var path = PathSegments.Of(call.Url.Path, room);
        var method = Methods.Of(call.Method);
        using var lazyBody = new LazyBody(call.Tree, call.Body);
        var seen = new CallView(call, Methods.Effective(method, call), path, lazyBody);
        var what = KnownAddress(seen, tenant) ?? ClaimedCall.Read(seen, tenant);
        var read = Read(seen, method, what, inside);
        return what.Unclaimed is { } unclaimed ? read with { Unclaimed = Read(seen, method, unclaimed, inside) } : read;
    }

    static ToolCall Read(CallView seen, string method, Identity what, InternalDomains inside)
    {
        var call = seen.Input;
        return new()
        {
            Method = method,
            Url = call.Url.Text,
            Scheme = call.Url.Scheme,
            Host = call.Url.Host,
            Tool = what.Tool,
            Operation = what.Operation,
            GivenOperation = what.GivenOperation,
            ShownOperation = what.Shown ?? what.Operation,
            Verb = what.Verb,
            Category = what.Category,
            UrlIsKnown = what.UrlIsKnown,
            IsExternal = !IsInside(call.Url, inside),
            Resource = ResourceReading.Read(what.Arguments is { } arguments ? seen.Within(arguments) : seen, what, inside),
        };
    }

    static Identity? KnownAddress(CallView call, TenantTools tenant)
    {
        if (!call.Url.IsWeb)
            return null;
        var tool = ToolCatalogue.Shared.Hosts.Find(call.Url.Host, call.Path, out var prefix);
        if (tool is not null && tool.Tool.Services.Count > 0)
            return AwsCall.Read(call, tool);
        if (tool is null)
        {
            tool = tenant.Hosts.Find(call.Url.Host, call.Path, out prefix);
            if (tool is null || tool.Tool.Name == ToolCatalogue.CustomProxy)
                return null;
        }
        return KnownCall.Read(call, tool, prefix);
    }

    // A command runs where the agent runs. What a function or another server does with its arguments is not known, so that counts as outside.
    static bool IsInside(NormalUrl url, InternalDomains inside) => url.Scheme switch
    {
        "exec" or "shell" => url.Host is "localhost" or "exec" or "shell" or "" || inside.Contains(url.Host),
        _ => url.IsWeb && inside.Contains(url.Host),
    };
}
