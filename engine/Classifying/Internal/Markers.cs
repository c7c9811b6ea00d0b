using Interven.Contracts;
using Interven.Engine.Classifying.Context;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Internal;

/// <summary>
/// Markers that classify the text they stand in. A bare mention is LOW; what stands as banner, label, at the edge of a line, as a notice or an order to the reader is MEDIUM or HIGH.
/// </summary>
static class Markers
{
    static readonly WordSet LabelFields = new(
        "classification", "data classification", "dataclassification", "sensitivity", "sensitivity label", "sensitivitylabel", "confidentiality", "security classification", "securityclassification", "information classification",
        "document classification", "security level", "securitylevel", "handling", "marking", "protective marking", "tlp", "distribution", "data class", "dataclass", "banner", "watermark", "disclaimer", "confidentiality notice");

    public static readonly Detector Detector = new("internal_markers", new Trigger.Keywords([.. MarkerTable.Phrases.Where(phrase => System.Text.Ascii.IsValid(phrase))]), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var (at, length) = (probe.At, probe.Length);
        if (!Chars.StandsAlone(text, at, length) || IsInsideName(text, at, length) || probe.Document.Segments[probe.Segment].Origin is not (TextOrigin.BodyValue or TextOrigin.Context))
            return;
        var use = MarkerTable.UseOf(text.Slice(at, length));
        var confidence = Judge(probe, new Placement(text, at, length), use);
        // Single words are too common to be worth a record when they mark nothing.
        if (confidence > Confidence.Low || use is not MarkerUse.Weak)
            probe.Report(Kinds.InternalMarker, confidence, at, length);
    }

    static Confidence Judge(in Probe probe, Placement place, MarkerUse use)
    {
        if (place.IsQuoted)
            return Confidence.Low;
        if (use == MarkerUse.Disclaimer)
            return place.IsQuestion || place.FollowsQuote ? Confidence.Low : Confidence.High;
        if (use == MarkerUse.Notice)
            return place.IsHypothetical || place.IsInCode ? Confidence.Low : Confidence.High;
        if (use == MarkerUse.Imperative)
            return place.IsOrder && !place.IsQuestion ? Confidence.Medium : Confidence.Low;
        if (use == MarkerUse.Passive)
            return (place.SpeaksOfThisText || place.IsOrder) && !place.IsQuestion ? Confidence.Medium : Confidence.Low;
        if (place.IsTermOfArt)
            return Confidence.Low;
        if (place.IsLabelled || place.IsShortValue && IsLabelField(probe))
            return Confidence.High;
        if (place.IsBracketed || place.IsBanner(use == MarkerUse.Weak))
            return Confidence.High;
        if (place.IsPredicateOfThisText && !place.IsQuestion && !place.IsHypothetical)
            return Confidence.Medium;
        return use switch
        {
            MarkerUse.Status when !place.IsHypothetical && !place.IsQuestion => Confidence.Medium,
            MarkerUse.Standing when place.IsCapitals && !place.IsHypothetical => Confidence.Medium,
            _ => Confidence.Low,
        };
    }

    static bool IsLabelField(in Probe probe)
    {
        Span<char> buffer = stackalloc char[128];
        return LabelFields.In(Surroundings.Spell(probe.Field, buffer));
    }

    /// <summary>Identifiers, paths, hosts and file names: <c>internal_id</c>, <c>internal.corp</c>, <c>--restricted</c>, <c>/internal/</c>.</summary>
    static bool IsInsideName(ReadOnlySpan<char> text, int at, int length)
    {
        var (before, after, beyond) = (Chars.At(text, at - 1), Chars.At(text, at + length), Chars.At(text, at + length + 1));
        return before is '_' or '/' or '\\' or '@' or '$' or '#' || after is '_' or '/' or '\\' or '=' or '@' || before is '.' or '-' && Chars.IsWord(Chars.At(text, at - 2)) || after is '.' or '-' && Chars.IsWord(beyond);
    }
}
