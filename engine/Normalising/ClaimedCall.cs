using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>
/// A call whose URL is of no known tool. What the caller says is believed so far as it makes nothing milder: the operation that the URL tells stays,
/// the given one stands beside it, and the stricter verb counts. Where a given tool takes the place of another, what the call is without it stays too.
/// </summary>
static class ClaimedCall
{
    public static Identity Read(CallView call, TenantTools tenant)
    {
        var function = PseudoCall.Function(call.Url);
        var pattern = Pattern(call, tenant);
        if (pattern is { Tool: not ToolCatalogue.CustomProxy })
            return pattern;
        if (pattern is null && McpCall.Read(call, null) is { } spoken)
            return Spoken(call, spoken, tenant);
        var named = pattern is null && function is not null ? PseudoCall.Named(call.Url, function) : null;
        var (tool, claimed) = named is { Operation: not null } ? default : Claimed(call.Input.GivenTool, tenant);
        var own = named?.Tool ?? (call.Url.Scheme == "mcp" ? ToolCatalogue.Shared.Find("mcp") : null);
        var unclaimed = tool is null || tool == own ? null : In(call, own, null, pattern, named, function);
        return Beside(In(call, tool ?? own, claimed, pattern, named, function), unclaimed);
    }

    static Identity In(CallView call, CompiledTool? tool, CatalogueOperation? claimed, Identity? pattern, NamedFunction? named, string? function)
    {
        var byUrl = pattern is not null ? new NamedOperation(pattern.Operation, pattern.Verb, pattern.Category) { Listed = pattern.Listed }
            : ByUrl(call, tool, named is not null && named.Tool == tool ? named : null, function);
        var given = Given(call, tool, claimed) ?? InBody(call);
        return Compose(call, tool, byUrl, given, pattern is not null) with { Captured = pattern?.Captured ?? [] };
    }

    // A tool that lists the operation as a reading one makes it no milder either.
    static Identity Beside(Identity claimed, Identity? unclaimed) =>
        unclaimed is null ? claimed : claimed with { Verb = Stricter(claimed.Verb, unclaimed.Verb), Unclaimed = unclaimed };

    // The tenant's own: an operation of custom_proxy, or a tool that lives behind a pseudo-scheme.
    static Identity? Pattern(CallView call, TenantTools tenant)
    {
        var host = call.Url.IsWeb ? call.Url.Host : $"{call.Url.Scheme}:{call.Url.Host}";
        if (tenant.Hosts.Find(host, call.Path, out var prefix) is not { } tool)
            return null;
        var rest = call.Path.From(prefix);
        if (tool.Routes.Find(call.Method, rest, call.Url.Query) is { } route)
            return KnownCall.Routed(tool, route, rest) with { UrlIsKnown = false };
        return tool.Tool.Name == ToolCatalogue.CustomProxy ? null : KnownCall.Unlisted(call.Method, rest, tool) with { UrlIsKnown = false };
    }

    // At the address of an MCP server the message is what the URL is elsewhere; the caller's own words may still add to it.
    static Identity Spoken(CallView call, Identity spoken, TenantTools tenant)
    {
        var claimed = spoken.Listed is null && spoken.Tool == "mcp" ? Claimed(call.Input.GivenTool, tenant).Tool : null;
        var own = ToolCatalogue.Shared.Find(spoken.Tool)!;
        return Beside(Spoken(call, spoken, claimed ?? own), claimed is null || claimed == own ? null : Spoken(call, spoken, own));
    }

    static Identity Spoken(CallView call, Identity spoken, CompiledTool tool)
    {
        var byMessage = tool.Tool.Name == spoken.Tool ? new NamedOperation(spoken.Operation, spoken.Verb, spoken.Category) { Listed = spoken.Listed } : InTool(tool, spoken.Operation, spoken.Verb);
        return Compose(call, tool, byMessage, Given(call, tool, null), false) with { Arguments = spoken.Arguments };
    }

    static NamedOperation? InBody(CallView call) =>
        McpCall.Elsewhere(call) is { } spoken ? new(spoken.Operation, spoken.Verb, spoken.Category) : null;

    // A tool by its name, or by a function's: "slack", "slack_post_message".
    static (CompiledTool? Tool, CatalogueOperation? Operation) Claimed(string? given, TenantTools tenant)
    {
        if (string.IsNullOrWhiteSpace(given))
            return default;
        var name = Snake.Of(given);
        if ((ToolCatalogue.Shared.Find(name) ?? tenant.Find(name)) is { } tool)
            return (tool, null);
        return ToolCatalogue.Shared.Functions.Find(given) is { Operation: not null } function ? (function.Tool, function.Operation) : default;
    }

    static NamedOperation? ByUrl(CallView call, CompiledTool? tool, NamedFunction? named, string? function)
    {
        if (named?.Operation is { } listed)
            return NamedOperation.Of(listed);
        if (tool is null && PseudoCall.Fixed(call.Url) is { } fixedOperation)
            return fixedOperation;
        var name = named is { Name.Length: > 0 } ? named.Name : function is not null ? Snake.Of(function) : PathName.Last(call.Path);
        return string.IsNullOrEmpty(name) ? null : InTool(tool, name, CustomVerb.Of(name, call.Method, call.Url.IsWeb));
    }

    static NamedOperation? Given(CallView call, CompiledTool? tool, CatalogueOperation? claimed)
    {
        var name = Snake.Of(call.Input.GivenOperation);
        if (name.Length > 0)
            return InTool(tool, name, FunctionWords.VerbOf(name) ?? Verb.Read);
        return claimed is null ? null : NamedOperation.Of(claimed);
    }

    static NamedOperation InTool(CompiledTool? tool, string name, Verb verb)
    {
        if (tool?.ByName(name) is { } listed)
            return NamedOperation.Of(listed);
        return tool is { Tool.Services.Count: > 0 } ? AwsCall.Named(tool, name) : new(name, verb, null);
    }

    static Identity Compose(CallView call, CompiledTool? tool, NamedOperation? byUrl, NamedOperation? given, bool isOwnPattern)
    {
        var first = byUrl ?? (given is null ? new(Methods.Word(call.Method), Methods.VerbOf(call.Method), null)
            : given with { Verb = Stricter(given.Verb, Methods.VerbOf(call.Method)) });
        return new(tool?.Tool.Name ?? ToolCatalogue.CustomProxy, first.Name, Stricter(first.Verb, given?.Verb ?? Verb.Read),
            first.Category ?? given?.Category ?? tool?.Tool.Category)
        {
            Entry = tool?.Tool,
            Listed = first.Listed ?? given?.Listed,
            GivenOperation = given?.Name,
            Shown = given is null || isOwnPattern || tool is not null && first.Listed is not null ? null : given.Name,
        };
    }

    static Verb Stricter(Verb one, Verb other) => one > other ? one : other;
}
