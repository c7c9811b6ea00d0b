using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>Keeps the names of an object's members apart when redaction makes some of them alike.</summary>
sealed class RedactedNames(JsonTree tree)
{
    readonly Dictionary<int, HashSet<string>> taken = [];
    readonly Dictionary<(int Parent, string Name), int> counts = [];

    /// <summary>The name itself, or with <c>#2</c>, <c>#3</c> … behind it.</summary>
    public string Unique(int node, string name)
    {
        var parent = tree.Nodes[node].Parent;
        if (!taken.TryGetValue(parent, out var names))
            names = taken[parent] = NamesOf(parent);
        var unique = name;
        while (!names.Add(unique))
        {
            counts.TryGetValue((parent, name), out var count);
            counts[(parent, name)] = Math.Max(2, count + 1);
            unique = $"{name}#{counts[(parent, name)]}";
        }
        return unique;
    }

    HashSet<string> NamesOf(int parent)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var child = parent + 1; child < tree.Nodes[parent].End; child = tree.Nodes[child].End)
            names.Add(tree.Key(child).ToString());
        return names;
    }
}
