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
    /// <param name="wholeValues">True: the whole plain text goes, not the match only.</param>
    public static List<Redaction> Of(ScanText text, ReadOnlySpan<Finding> findings, Confidence minimum, Func<TextOrigin, bool> wanted, bool wholeValues = false)
    {
        var plan = new List<Redaction>();
        foreach (ref readonly var finding in findings)
            if (finding.Confidence >= minimum && wanted(text.Segments[finding.Segment].Origin))
                plan.Add(wholeValues ? Whole(text, finding) : One(text, finding));
        Redaction.Merge(plan);
        return plan;
    }

    static Redaction Whole(ScanText text, in Finding finding)
    {
        var place = text.MapToOutermost(finding);
        return new(place.Segment, 0, text.Segments[place.Segment].Length, finding.Kind.Redaction, finding.Kind.Severity);
    }

    static Redaction One(ScanText text, in Finding finding)
    {
        var (segment, start, end) = NestedValues.Innermost(text, finding.Segment, finding.Start, finding.End);
        if ((finding.Kind.Classes & DataClasses.Internal) != 0)
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
