using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>One message of the Model Context Protocol, as it travels in the body of an HTTP request (JSON-RPC 2.0; "Streamable HTTP" and its predecessor).</summary>
/// <param name="Name">The tool that is called; for the protocol's own requests the method.</param>
/// <param name="CallsTool">A <c>tools/call</c>.</param>
/// <param name="Arguments">Node of the arguments in the body's tree, -1 for none.</param>
sealed record McpMessage(string Name, bool CallsTool, int Arguments)
{
    /// <summary>What a client answers a server with: its own data goes out.</summary>
    public const string Reply = "respond";

    /// <summary>Most messages of one batch that are looked at; the rest counts as one of the strictest sort.</summary>
    const int Most = 1000;

    static readonly string[] Families = ["tools/", "resources/", "prompts/", "notifications/", "completion/", "logging/", "sampling/", "elicitation/", "roots/", "tasks/"];

    /// <summary>Empty where the body holds no message of the protocol. In a batch that holds one, whatever else is there counts as a reply.</summary>
    public static List<McpMessage> Of(CallBody body)
    {
        if (body.Root < 0)
            return [];
        var tree = body.Tree;
        if (tree.Nodes[body.Root].Kind != JsonKind.Array)
            return Read(tree, body.Root) is { } one ? [one] : [];
        var batch = new List<McpMessage>();
        var known = false;
        for (int node = body.Root + 1, end = tree.Nodes[body.Root].End; node < end && batch.Count < Most; node = tree.Nodes[node].End)
        {
            var message = Read(tree, node);
            known |= message is not null;
            batch.Add(message ?? new(Reply, false, -1));
        }
        return known ? batch : [];
    }

    static McpMessage? Read(JsonTree tree, int node)
    {
        if (tree.Nodes[node].Kind != JsonKind.Object || Text(tree, tree.Child(node, "jsonrpc")) is not "2.0")
            return null;
        var method = Text(tree, tree.Child(node, "method"));
        if (method is null)
            return tree.Child(node, "result") >= 0 || tree.Child(node, "error") >= 0 ? new(Reply, false, -1) : null;
        if (method is not ("initialize" or "ping") && !Array.Exists(Families, family => method.StartsWith(family, StringComparison.Ordinal)))
            return null;
        var parameters = tree.Child(node, "params");
        if (method != "tools/call")
            return new(method, false, parameters);
        var inObject = parameters >= 0 && tree.Nodes[parameters].Kind == JsonKind.Object;
        return new((inObject ? Text(tree, tree.Child(parameters, "name")) : null) ?? "", true, inObject ? tree.Child(parameters, "arguments") : -1);
    }

    static string? Text(JsonTree tree, int node) => node >= 0 && tree.Nodes[node].Kind == JsonKind.String ? tree.Value(node).ToString() : null;
}
