using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>
/// Takes findings out of a body: matches are replaced in place by <c>[REDACTED:KIND]</c>, INTERNAL by the whole string, named fields by <c>[REDACTED:FIELD]</c>.
/// What is not touched keeps its bytes.
/// </summary>
public static class Sanitiser
{
    public const string FieldMarker = "[REDACTED:FIELD]";

    /// <summary>Redacts once. Callers that need the promise that nothing is left use <see cref="SecondPass"/>.</summary>
    /// <param name="tree">The document.</param>
    /// <param name="body">Node of the body; a call without one has nothing to sanitise.</param>
    /// <param name="text">What <see cref="CallText"/> read of it.</param>
    /// <param name="findings">Findings in <paramref name="text"/>; those outside the body are passed over.</param>
    /// <param name="fields">Nodes that are replaced whole, whatever they hold (<c>sanitize_fields</c>).</param>
    /// <param name="minimum">Least confidence that is redacted: MEDIUM for the answer, LOW for what is stored.</param>
    public static Sanitised Sanitise(JsonTree tree, int body, ScanText text, ReadOnlySpan<Finding> findings, ReadOnlySpan<int> fields, Confidence minimum) =>
        Apply(tree, body, text, RedactionPlan.Of(text, findings, minimum, InBody, tree), fields);

    internal static bool InBody(TextOrigin origin) => origin is TextOrigin.BodyValue or TextOrigin.BodyKey;

    internal static Sanitised Apply(JsonTree tree, int body, ScanText text, List<Redaction> plan, ReadOnlySpan<int> fields)
    {
        var whole = Outermost(tree, body, fields);
        if (plan.Count == 0 && whole.Count == 0)
            return new(tree.Raw.Slice(tree.Nodes[body].RawStart, tree.Nodes[body].RawLength), 0, false);
        var rewrite = new BodyRewrite(tree, body);
        var field = 0;
        var count = 0;
        for (var at = 0; at < plan.Count;)
        {
            var segment = plan[at].Segment;
            var node = text.Segments[segment].Node;
            while (field < whole.Count && whole[field] < node)
                rewrite.Replace(whole[field++], FieldMarker);
            var next = at + 1;
            while (next < plan.Count && plan[next].Segment == segment)
                next++;
            var isKey = text.Segments[segment].Origin == TextOrigin.BodyKey;
            if (!rewrite.IsGone(node) && (isKey || field == whole.Count || whole[field] != node))
            {
                var redacted = PlainRedaction.Write(text.TextOf(segment), plan, at, next);
                count += next - at;
                if (isKey)
                    rewrite.Rename(node, redacted);
                else
                    rewrite.Replace(node, redacted);
            }
            at = next;
        }
        while (field < whole.Count)
            rewrite.Replace(whole[field++], FieldMarker);
        return new(rewrite.Finish(), count + whole.Count, false);
    }

    /// <summary>The fields inside the body, in order, without those that stand inside another one.</summary>
    static List<int> Outermost(JsonTree tree, int body, ReadOnlySpan<int> fields)
    {
        var kept = new List<int>();
        var gone = 0;
        foreach (var node in fields.ToArray().Where(node => node >= body && node < tree.Nodes[body].End).Order())
            if (node >= gone)
            {
                kept.Add(node);
                gone = tree.Nodes[node].End;
            }
        return kept;
    }
}
