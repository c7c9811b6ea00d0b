using System.Text;

namespace Interven.Engine.Reading;

/// <summary>Writes where a value stands: <c>$.a.b[0]</c>, or <c>$['odd key']</c> where a name is no identifier (RFC 9535, normalised form for odd names).</summary>
public static class JsonPaths
{
    /// <param name="tree">The document.</param>
    /// <param name="node">The value; a negative index is the root.</param>
    /// <param name="root">The node that is called <c>$</c>.</param>
    public static string Of(JsonTree tree, int node, int root = 0)
    {
        if (node < 0 || node == root)
            return "$";
        var steps = new Stack<int>();
        for (var at = node; at >= 0 && at != root; at = tree.Nodes[at].Parent)
            steps.Push(at);
        var path = new StringBuilder("$");
        foreach (var step in steps)
            Append(path, tree, step);
        return path.ToString();
    }

    static void Append(StringBuilder path, JsonTree tree, int node)
    {
        if (tree.Nodes[node].KeyStart < 0)
        {
            path.Append('[').Append(tree.Nodes[node].Position).Append(']');
            return;
        }
        var key = tree.Key(node);
        if (IsIdentifier(key))
            path.Append('.').Append(key);
        else
            path.Append("['").Append(key.ToString().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
    }

    static bool IsIdentifier(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || char.IsAsciiDigit(key[0]))
            return false;
        foreach (var c in key)
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        return true;
    }
}
