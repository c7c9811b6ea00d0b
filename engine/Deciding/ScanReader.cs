using System.Buffers;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>Reads <c>POST /v1/scan</c> straight from its bytes and names every problem at once. Unknown fields are ignored.</summary>
public static class ScanReader
{
    public const int LongestMethod = 32, LongestUrl = 8192, LongestName = 200, LongestWaitMs = 110_000;

    static readonly SearchValues<char> Token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    static readonly SearchValues<char> SchemeLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <param name="utf8">The request's body; it must outlive the scan.</param>
    public static ScanReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (JsonTree.Parse(utf8, out var problem) is not { } tree)
            return new(null, [problem!]);
        var fields = new FieldReader(tree);
        if (tree.Nodes[0].Kind != JsonKind.Object)
            fields.Refuse("$", "The request must be a JSON object.");
        else
        {
            var scan = Fields(tree, fields);
            if (fields.Problems.Count == 0)
                return new(scan, []);
        }
        tree.Dispose();
        return new(null, fields.Problems);
    }

    static IncomingScan Fields(JsonTree tree, FieldReader fields)
    {
        var method = fields.Text("method", LongestMethod, required: true);
        if (method is { Length: > 0 } && method.AsSpan().ContainsAnyExcept(Token))
            fields.Refuse("$.method", "The method must be an HTTP token such as POST.");
        var url = fields.Text("url", LongestUrl, required: true);
        if (url is { Length: > 0 } && !IsAbsolute(url))
            fields.Refuse("$.url", "The url must be absolute, such as https://host/path or tool://runtime/function.");
        return new(tree)
        {
            Method = method ?? "",
            Url = url ?? "",
            Body = tree.Child(0, "body"),
            Headers = Headers(tree, fields),
            Context = fields.Node("context", JsonKind.String, "a string"),
            AgentId = fields.Text("agent_id", LongestName),
            AgentName = fields.Text("agent_name", LongestName),
            RuntimeType = fields.Text("runtime_type", LongestName),
            ToolName = fields.Text("tool_name", LongestName),
            Operation = fields.Text("operation", LongestName),
            Env = fields.Text("env", LongestName),
            WaitMs = fields.Whole("wait_ms", 0, LongestWaitMs),
        };
    }

    static int Headers(JsonTree tree, FieldReader fields)
    {
        var headers = fields.Node("headers", JsonKind.Object, "an object");
        if (headers < 0)
            return headers;
        for (var node = headers + 1; node < tree.Nodes[headers].End; node = tree.Nodes[node].End)
            if (!IsHeaderValue(tree, node))
                fields.Refuse("$.headers", "Each header must be a string, a number, a boolean, null or a list of strings.");
        return headers;
    }

    static bool IsHeaderValue(JsonTree tree, int node)
    {
        if (tree.Nodes[node].Kind == JsonKind.Object)
            return false;
        for (var item = node + 1; item < tree.Nodes[node].End; item = tree.Nodes[item].End)
            if (tree.Nodes[item].Kind != JsonKind.String)
                return false;
        return true;
    }

    /// <summary>A scheme of RFC 3986 and something after it. The rest is the normaliser's to judge.</summary>
    static bool IsAbsolute(string url)
    {
        var text = url.AsSpan().Trim();
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && colon + 3 < text.Length && char.IsAsciiLetter(text[0]) && !text[..colon].ContainsAnyExcept(SchemeLetters);
    }
}
