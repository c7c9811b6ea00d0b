namespace Interven.Engine.Reading;

/// <summary>Finds a repeated key in a closed object, after unescaping: parsers differ on which of the two counts.</summary>
static class DuplicateKeys
{
    /// <summary>Up to here comparing each with each is faster than hashing.</summary>
    const int Few = 12;

    public static bool In(JsonTree tree, int obj)
    {
        var nodes = tree.Nodes;
        var count = 0;
        for (var child = obj + 1; child < nodes[obj].End; child = nodes[child].End)
            count++;
        return count <= Few ? AmongFew(tree, obj) : AmongMany(tree, obj, count);
    }

    static bool AmongFew(JsonTree tree, int obj)
    {
        var nodes = tree.Nodes;
        for (var one = obj + 1; one < nodes[obj].End; one = nodes[one].End)
            for (var other = nodes[one].End; other < nodes[obj].End; other = nodes[other].End)
                if (tree.Key(one).SequenceEqual(tree.Key(other)))
                    return true;
        return false;
    }

    static bool AmongMany(JsonTree tree, int obj, int count)
    {
        var nodes = tree.Nodes;
        var seen = new HashSet<string>(count, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var child = obj + 1; child < nodes[obj].End; child = nodes[child].End)
            if (!seen.Add(tree.Key(child)))
                return true;
        return false;
    }
}
