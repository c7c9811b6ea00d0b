namespace Interven.Engine.Normalising.Catalogue;

/// <summary>Finds the tool in a function's name: <c>slack_post_message</c>, <c>post_to_slack</c>, <c>github.create_issue</c>, <c>SlackPostMessage</c>.</summary>
sealed class FunctionIndex(IReadOnlyDictionary<string, CompiledTool> tools)
{
    const int LongestToolName = 3;

    static readonly string[] Neutral = ["mcp", "server", "tool", "tools", "official", "remote", "client", "toolkit", "plugin", "connector"];

    readonly Dictionary<string, CompiledTool> byName = new(tools, StringComparer.Ordinal);

    /// <summary>Null where the name names no tool.</summary>
    public NamedFunction? Find(ReadOnlySpan<char> function)
    {
        if (Prefixed(function) is { } prefixed)
            return prefixed;
        var name = Snake.Of(function);
        Span<Range> words = stackalloc Range[17];
        var count = name.AsSpan().Split(words, '_');
        if (count > 16)
            return null;
        for (var length = LongestToolName; length > 0; length--)
            for (var at = 0; at + length <= count; at++)
            {
                var (start, end) = (words[at].Start.Value, words[at + length - 1].End.Value);
                if (byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(start, end - start), out var called, out var tool)
                    && Named(tool, Without(name, start, end), tool.Tool.EverydayNames.Contains(called)) is { } found)
                    return found;
            }
        return null;
    }

    /// <summary>The tool that a server's name stands for: <c>github</c>, <c>github-mcp-server</c>. Nothing else may stand in the name.</summary>
    public CompiledTool? Server(ReadOnlySpan<char> server)
    {
        var name = Snake.Of(server);
        if (byName.TryGetValue(name, out var tool))
            return tool;
        var words = name.Split('_').Where(word => !Neutral.Contains(word)).ToArray();
        return words.Length > 0 && byName.TryGetValue(string.Join('_', words), out tool) ? tool : null;
    }

    NamedFunction? Prefixed(ReadOnlySpan<char> function)
    {
        var cut = Math.Max(function.LastIndexOfAny('.', '/', ':'), function.LastIndexOf("__") is var under && under >= 0 ? under + 1 : -1);
        if (cut <= 0 || cut + 1 >= function.Length)
            return null;
        var server = Server(function[..cut]);
        if (server is null)
            return null;
        var name = Snake.Of(function[(cut + 1)..]);
        return name.Length == 0 ? null : new(server, server.ByName(name), name);
    }

    static NamedFunction? Named(CompiledTool tool, string rest, bool isEveryday)
    {
        var operation = rest.Length == 0 ? null : tool.ByName(rest);
        return operation is null && isEveryday ? null : new(tool, operation, rest);
    }

    // The words but the tool's own, and without those that only tie the two: post_to_slack → post.
    static string Without(string name, int start, int end)
    {
        var before = name.AsSpan(0, start).Trim('_');
        var after = name.AsSpan(end).Trim('_');
        while (!before.IsEmpty && FunctionWords.IsStop(before[(before.LastIndexOf('_') + 1)..]))
            before = before[..Math.Max(0, before.LastIndexOf('_'))];
        return before.IsEmpty ? after.ToString() : after.IsEmpty ? before.ToString() : $"{before}_{after}";
    }
}

/// <param name="Tool">The tool that a function's name tells.</param>
/// <param name="Operation">Null where the tool lists no such operation.</param>
/// <param name="Name">The rest of the name, in snake_case; may be empty.</param>
sealed record NamedFunction(CompiledTool Tool, CatalogueOperation? Operation, string Name);
