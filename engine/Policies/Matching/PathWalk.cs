using System.Numerics;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Matching;

/// <summary>Judges one value that a path leads to.</summary>
interface INodeTest
{
    Truth Test(JsonTree tree, int node);
}

/// <summary>
/// Follows a path through a body in one pass: each node carries the set of path positions that lead to it as bits, so that even
/// several <c>..</c> cost time linear in the body. A sub-tree that no position leads into is skipped.
/// </summary>
static class PathWalk
{
    const int Depths = JsonTreeReader.MaxDepth + 2;

    /// <summary>True if the test holds for any value at the path, else unknown if it is unknown for any; false where there is none.</summary>
    public static Truth Any(JsonPath path, PolicyFacts facts, INodeTest test, out bool leadsSomewhere) =>
        Any(path, facts.Tree, facts.Body, facts.Embedded, test, out leadsSomewhere);

    public static Truth Any(JsonPath path, JsonTree tree, int body, IReadOnlyList<EmbeddedJson> embedded, INodeTest test, out bool leadsSomewhere)
    {
        leadsSomewhere = false;
        return body < 0 ? Truth.False : Walk(path, tree, body, 1, embedded, test, ref leadsSomewhere);
    }

    static Truth Walk(
        JsonPath path, JsonTree tree, int root, ulong rootMask, IReadOnlyList<EmbeddedJson> embedded, INodeTest test, ref bool leadsSomewhere)
    {
        Span<ulong> masks = stackalloc ulong[Depths];
        Span<int> ends = stackalloc int[Depths];
        var nodes = tree.Nodes;
        var text = tree.Text;
        ReadOnlySpan<PathStep> steps = path.Steps;
        var final = 1UL << steps.Length;
        var mayEnter = embedded.Count > 0;
        var (depth, best, end) = (0, Truth.False, nodes[root].End);
        for (var node = root; node < end;)
        {
            while (depth > 0 && node >= ends[depth - 1])
                depth--;
            ref readonly var here = ref nodes[node];
            var mask = depth == 0 ? rootMask : Advance(steps, masks[depth - 1], here, text);
            if ((mask & final) != 0)
            {
                leadsSomewhere = true;
                best = best.Or(test.Test(tree, node));
            }
            if (mayEnter && mask != 0 && here.Kind == JsonKind.String)
                best = best.Or(Enter(path, node, mask, embedded, test, ref leadsSomewhere));
            if (best == Truth.True)
                return best;
            if ((mask & ~final) == 0 || here.End == node + 1)
            {
                node = here.End;
                continue;
            }
            (masks[depth], ends[depth]) = (mask, here.End);
            depth++;
            node++;
        }
        return best;
    }

    static Truth Enter(JsonPath path, int node, ulong mask, IReadOnlyList<EmbeddedJson> embedded, INodeTest test, ref bool leadsSomewhere)
    {
        var best = Truth.False;
        for (var i = 0; i < embedded.Count && best != Truth.True; i++)
            if (embedded[i].Node == node)
                best = best.Or(Walk(path, embedded[i].Tree, 0, mask, [], test, ref leadsSomewhere));
        return best;
    }

    static ulong Advance(ReadOnlySpan<PathStep> steps, ulong parent, in JsonNode node, ReadOnlySpan<char> text)
    {
        var mask = 0UL;
        for (var left = parent & ((1UL << steps.Length) - 1); left != 0; left &= left - 1)
        {
            var i = BitOperations.TrailingZeroCount(left);
            ref readonly var step = ref steps[i];
            if (step.Descend)
                mask |= 1UL << i;
            if (Leads(step, node, text))
                mask |= 1UL << (i + 1);
        }
        return mask;
    }

    static bool Leads(in PathStep step, in JsonNode node, ReadOnlySpan<char> text) => step.Kind switch
    {
        StepKind.Name => node.KeyStart >= 0 && node.KeyLength == step.Name.Length && text.Slice(node.KeyStart, node.KeyLength).SequenceEqual(step.Name),
        StepKind.Index => node.KeyStart < 0 && node.Position == step.Index,
        _ => true,
    };
}
