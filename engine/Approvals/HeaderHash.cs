using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>A keyed hash of the headers that are no credentials: two calls that differ in a header are two calls, yet no header is kept.</summary>
static class HeaderHash
{
    /// <summary>Null where there is no header but credentials. Names are compared without case, as HTTP does.</summary>
    public static string? Of(JsonTree tree, int headers, FingerprintKey key)
    {
        if (headers < 0)
            return null;
        var kept = new List<(string Name, int Node)>();
        for (var node = headers + 1; node < tree.Nodes[headers].End; node = tree.Nodes[node].End)
            if (!AuthHeaders.Contains(tree.Key(node)))
                kept.Add((tree.Key(node).ToString().Trim().ToLowerInvariant(), node));
        if (kept.Count == 0)
            return null;
        kept.Sort((x, y) => string.CompareOrdinal(x.Name, y.Name) is var byName and not 0 ? byName : tree.Key(x.Node).SequenceCompareTo(tree.Key(y.Node)));
        using var json = new CanonicalJson();
        json.BeginArray();
        foreach (var (name, node) in kept)
            json.BeginArray().String(name).Value(tree, node).EndArray();
        return key.OfBody(json.EndArray().Written);
    }
}
