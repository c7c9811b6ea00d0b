using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>A call to a tool whose address is known: route, GraphQL field, or else method and resource.</summary>
static class KnownCall
{
    public static Identity Read(CallView call, CompiledTool tool, int prefix)
    {
        var rest = call.Path.From(prefix);
        if (tool.IsGraphQl(call.Url.Path))
            return GraphQlCall.Read(call, tool) with { UrlIsKnown = true };
        var route = tool.Routes.Find(call.Method, rest, call.Url.Query);
        if (route is null && NeedsLooserLook(call.Url.Path))
            return Loosely(call, tool, prefix);
        return route is not null ? Routed(tool, route, rest) : McpCall.Read(call, tool) ?? Unlisted(call.Method, rest, tool);
    }

    public static Identity Routed(CompiledTool tool, Route route, PathSegments rest)
    {
        var identity = Identity.Of(tool, route.Operation) with { UrlIsKnown = true };
        if (route.Captures.Length == 0)
            return identity;
        var captured = new (Capture, string)[route.Captures.Length];
        for (var i = 0; i < captured.Length; i++)
            captured[i] = (route.Captures[i].Capture, Percent.Decode(rest[route.Captures[i].Segment]));
        return identity with { Captured = captured };
    }

    // Some servers take %2F for a slash, or drop what follows a semicolon: such a path must not dodge its operation.
    static bool NeedsLooserLook(ReadOnlySpan<char> path) => path.Contains(';') || path.Contains("%2F", StringComparison.Ordinal) || path.Contains("%5C", StringComparison.Ordinal);

    static Identity Loosely(CallView call, CompiledTool tool, int prefix)
    {
        var asWritten = call.Path.From(prefix);
        var segments = call.Url.Path.ToString().Replace("%2F", "/", StringComparison.Ordinal).Replace("%5C", "/", StringComparison.Ordinal).Split('/');
        var path = string.Join('/', segments.Select(segment => segment.Split(';')[0]));
        var rest = PathSegments.Of(path, new Range[PathSegments.Most]);
        var other = ToolCatalogue.Shared.Hosts.Find(call.Url.Host, rest, out var otherPrefix);
        rest = rest.From(other is null ? Math.Min(prefix, rest.Count) : otherPrefix);
        var route = (other ?? tool).Routes.Find(call.Method, rest, call.Url.Query);
        return route is null ? Unlisted(call.Method, asWritten, tool) : Routed(other ?? tool, route, rest);
    }

    public static Identity Unlisted(string method, PathSegments rest, CompiledTool tool)
    {
        var resource = PathName.Last(rest);
        var name = resource is null ? Methods.Word(method) : $"{Methods.Word(method)}_{resource}";
        var verb = Methods.VerbOf(method);
        if (verb != Verb.Read && FunctionWords.VerbOf(name) == Verb.Admin)
            verb = Verb.Admin;
        return new(tool.Tool.Name, name, verb, tool.Tool.Category) { Entry = tool.Tool, UrlIsKnown = true };
    }
}
