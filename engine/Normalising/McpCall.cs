using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;
using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>
/// A call of an MCP server over HTTP: what the message in the body asks for, not the one address that all of them share. Of a batch the strictest counts.
/// Only at an address that is an MCP server's: elsewhere a message in the body is the caller's word, and stands beside what the URL says.
/// </summary>
static class McpCall
{
    const string Protocol = "mcp";

    /// <summary>Null where the body holds no message, or the address is no MCP server's.</summary>
    /// <param name="call">The call.</param>
    /// <param name="tool">The tool whose address it is; null for an unknown host.</param>
    public static Identity? Read(CallView call, CompiledTool? tool) =>
        IsServer(call) && Strictest(call, tool ?? Server(call.Path)) is { } identity ? identity with { UrlIsKnown = tool is not null } : null;

    /// <summary>The message in the body of a call to any other address; null where there is none.</summary>
    public static Identity? Elsewhere(CallView call) => IsServer(call) ? null : Strictest(call, null);

    static Identity? Strictest(CallView call, CompiledTool? server)
    {
        if (!call.Url.IsWeb || call.Method != "POST" || !MayHold(call.Input))
            return null;
        Identity? strictest = null;
        foreach (var message in McpMessage.Of(call.Body))
        {
            var one = (message.CallsTool ? Tool(message.Name, server) : Own(message.Name)) with { Arguments = message.Arguments };
            if (strictest is null || one.Verb > strictest.Verb)
                strictest = one;
        }
        return strictest;
    }

    // The paths that SDKs and servers use for the protocol, and hosts that are named for it.
    static bool IsServer(CallView call)
    {
        if (!call.Url.IsWeb)
            return false;
        for (var i = 0; i < call.Path.Count; i++)
            if (call.Path[i].Equals(Protocol, StringComparison.OrdinalIgnoreCase))
                return true;
        if (call.Path.Count > 0 && call.Path[call.Path.Count - 1] is var last && !last.Equals("sse", StringComparison.OrdinalIgnoreCase)
            && !(last.Equals("message", StringComparison.OrdinalIgnoreCase) || last.Equals("messages", StringComparison.OrdinalIgnoreCase)))
            return false;
        return IsNamedForIt(call.Url.Host);
    }

    static bool IsNamedForIt(ReadOnlySpan<char> host)
    {
        foreach (var label in host.Split('.'))
            foreach (var word in host[label].Split('-'))
                if (host[label][word].Equals(Protocol, StringComparison.OrdinalIgnoreCase))
                    return true;
        return false;
    }

    // A gateway before several servers: /github/mcp, /mcp/github.
    static CompiledTool? Server(PathSegments path)
    {
        for (var i = 0; i < path.Count; i++)
            if (!path[i].Equals(Protocol, StringComparison.OrdinalIgnoreCase) && ToolCatalogue.Shared.Functions.Server(path[i]) is { Tool.Name: not Protocol } tool)
                return tool;
        return null;
    }

    static bool MayHold(in CallInput input)
    {
        var (tree, body) = (input.Tree, input.Body);
        return body >= 0 && tree.Nodes[body].Kind switch
        {
            JsonKind.Object => tree.Child(body, "jsonrpc") >= 0,
            JsonKind.Array => body + 1 < tree.Nodes[body].End && tree.Nodes[body + 1].Kind == JsonKind.Object,
            JsonKind.String => tree.Value(body).Contains("jsonrpc", StringComparison.Ordinal),
            _ => false,
        };
    }

    static Identity Tool(string function, CompiledTool? server)
    {
        var name = Snake.Of(function);
        var catalogue = ToolCatalogue.Shared;
        if (server is not null && server.ByName(name) is { } listed)
            return Identity.Of(server, listed);
        var named = catalogue.Functions.Find(function);
        if (named?.Operation is { } operation)
            return Identity.Of(named.Tool, operation);
        var tool = server ?? named?.Tool ?? catalogue.Find(Protocol)!;
        name = named is { Name.Length: > 0 } && named.Tool == tool ? named.Name : name.Length == 0 ? "tools_call" : name;
        return new(tool.Tool.Name, name, FunctionWords.VerbOf(name) ?? Verb.Write, tool.Tool.Category) { Entry = tool.Tool };
    }

    // What opens, keeps and lists does nothing; what is not known may.
    static Identity Own(string method)
    {
        var tool = ToolCatalogue.Shared.Find(Protocol)!;
        var name = Snake.Of(method);
        if (tool.ByName(name) is { } listed)
            return Identity.Of(tool, listed);
        var quiet = method is "initialize" or "ping" || method.StartsWith("notifications/", StringComparison.Ordinal) || method.EndsWith("/list", StringComparison.Ordinal) || method.EndsWith("/get", StringComparison.Ordinal);
        return new(tool.Tool.Name, name, quiet ? Verb.Read : Verb.Write, tool.Tool.Category) { Entry = tool.Tool };
    }
}
