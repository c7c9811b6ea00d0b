using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>Turns findings into the spans of plain text that must go.</summary>
static class RedactionPlan
{
    /// <param name="text">What was classified.</param>
    /// <param name="findings">All findings; those of other origins than <paramref name="wanted"/> names are passed over.</param>
    /// <param name="minimum">Least confidence that is redacted.</param>
    /// <param name="wanted">Which plain texts are redacted.</param>
    /// <param name="tree">The body, where it is one that is redacted: what stands below a key with a marker goes too.</param>
    /// <param name="wholeValues">True: the whole plain text goes, not the match only.</param>
    public static List<Redaction> Of(ScanText text, ReadOnlySpan<Finding> findings, Confidence minimum, Func<TextOrigin, bool> wanted, JsonTree? tree = null, bool wholeValues = false)
    {
        var plan = new List<Redaction>();
        foreach (ref readonly var finding in findings)
            if (finding.Confidence >= minimum && wanted(text.Segments[finding.Segment].Origin))
            {
                plan.Add(wholeValues ? Whole(text, finding) : One(text, finding));
                if (tree is not null && IsInternal(finding) && finding.Confidence >= Confidence.Medium && text.Segments[plan[^1].Segment].Origin == TextOrigin.BodyKey)
                    AddBelow(plan, tree, text, plan[^1]);
            }
        Redaction.Merge(plan);
        return plan;
    }

    static bool IsInternal(in Finding finding) => (finding.Kind.Classes & DataClasses.Internal) != 0;

    /// <summary>The key's strings and numbers: without them it would be a memo that lost its label only. The shape stays.</summary>
    static void AddBelow(List<Redaction> plan, JsonTree tree, ScanText text, in Redaction key)
    {
        var end = tree.Nodes[text.Segments[key.Segment].Node].End;
        for (var segment = key.Segment + 1; segment < text.Segments.Length; segment++)
        {
            var one = text.Segments[segment];
            if (one.Carrier >= 0 || one.Origin is not (TextOrigin.BodyKey or TextOrigin.BodyValue) || one.Node >= end)
                return;
            if (one.Origin == TextOrigin.BodyValue)
                plan.Add(new(segment, 0, one.Length, key.Marker, key.Severity));
        }
    }

    static Redaction Whole(ScanText text, in Finding finding)
    {
        var place = text.MapToOutermost(finding);
        return new(place.Segment, 0, text.Segments[place.Segment].Length, finding.Kind.Redaction, finding.Kind.Severity);
    }

    static Redaction One(ScanText text, in Finding finding)
    {
        var (segment, start, end) = NestedValues.Innermost(text, finding.Segment, finding.Start, finding.End);
        if (IsInternal(finding))
        {
            segment = NestedValues.ValueAround(text, segment);
            (start, end) = (0, text.Segments[segment].Length);
        }
        var quote = "";
        if (text.Trails.IsNumber(segment))
        {
            (start, end) = (0, text.Segments[segment].Length);
            quote = NestedValues.QuoteAt(text, segment);
        }
        var place = text.MapToOutermost(segment, start, end - start);
        return new(place.Segment, place.Start, place.Length, finding.Kind.Redaction, finding.Kind.Severity, quote);
    }
}
