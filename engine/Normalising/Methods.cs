using Interven.Contracts;
using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>HTTP methods: their spelling, their verb, and which one a server will act on.</summary>
static class Methods
{
    static readonly string[] Overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    /// <summary>Upper-case; POST where none is given, since it may change something.</summary>
    public static string Of(string? method) => method switch
    {
        "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" => method,
        null => "POST",
        _ => method.Trim() is { Length: > 0 } text ? text.ToUpperInvariant() : "POST",
    };

    /// <summary>The method that templates are matched with: HEAD is a GET, and a POST may say in a header that it is another.</summary>
    public static string Effective(string method, in CallInput call)
    {
        if (method == "HEAD")
            return "GET";
        if (method != "POST" || call.Headers < 0)
            return method;
        foreach (var name in Overrides)
            if (Header(call, name) is { } other)
                return Of(other);
        return method;
    }

    public static Verb VerbOf(string method) => method is "GET" or "HEAD" or "OPTIONS" ? Verb.Read : Verb.Write;

    /// <summary>Never empty: signs such as <c>!</c> are a method too (RFC 9110, token), and no word.</summary>
    public static string Word(string method) => method is "HEAD" ? "get" : Snake.Of(method) is { Length: > 0 } word ? word : "call";

    /// <summary>A header's first value; names in any letter case.</summary>
    public static string? Header(in CallInput call, string name)
    {
        var nodes = call.Tree.Nodes;
        if (call.Headers < 0 || call.Headers >= nodes.Length || nodes[call.Headers].Kind != JsonKind.Object)
            return null;
        for (var child = call.Headers + 1; child < nodes[call.Headers].End; child = nodes[child].End)
        {
            if (!call.Tree.Key(child).Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var value = nodes[child].Kind == JsonKind.Array && nodes[child].End > child + 1 ? child + 1 : child;
            return nodes[value].Kind == JsonKind.String ? call.Tree.Value(value).ToString() : null;
        }
        return null;
    }
}
