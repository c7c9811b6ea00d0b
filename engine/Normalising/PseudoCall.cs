using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>What a pseudo-URL names: a function, a command, a search, a channel.</summary>
static class PseudoCall
{
    /// <summary>The function of <c>tool://runtime/function</c> or <c>mcp://server/tool</c>; null for other schemes.</summary>
    public static string? Function(NormalUrl url)
    {
        if (url.Scheme is not ("tool" or "mcp"))
            return null;
        var path = Percent.Decode(url.Path).Trim('/');
        return path.Length > 0 ? path : url.Host;
    }

    /// <summary>The tool that a function's name tells, or that its server is; null where neither tells one.</summary>
    public static NamedFunction? Named(NormalUrl url, string function)
    {
        var catalogue = ToolCatalogue.Shared;
        if (catalogue.Functions.Server(url.Host) is { } server)
        {
            var name = Snake.Of(function);
            var operation = server.ByName(name) ?? catalogue.Functions.Find(function) switch
            {
                { Operation: { } inFull } full when full.Tool == server => inFull,
                _ => null,
            };
            // A runtime may be called like a tool (openai): then only what the tool lists is the tool's.
            if (operation is not null || url.Scheme == "mcp" && server.Tool.Name != "mcp")
                return new(server, operation, name);
        }
        return catalogue.Functions.Find(function);
    }

    /// <summary>Operation, verb and category of the schemes that mean one thing; null for the rest.</summary>
    public static NamedOperation? Fixed(NormalUrl url) => url.Scheme switch
    {
        "exec" or "shell" => new("exec", Verb.Write, "execution"),
        "search" => new("search", Verb.Read, "search"),
        "message" => new("post_message", Verb.Write, "messaging"),
        _ => null,
    };
}
