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
        var segment = probe.Document.Segments[probe.Segment];
        if (segment.Origin is TextOrigin.HeaderName or TextOrigin.HeaderValue)
            return;
        var isUrl = segment.Origin == TextOrigin.Url;
        var part = isUrl ? SpokenPart.Of(probe.Text, probe.At, segment.Layer == TextLayer.Form) : 0..probe.Text.Length;
        var text = probe.Text[part];
        var (at, length) = (probe.At - part.Start.Value, probe.Length);
        if (text.IsEmpty || !Chars.StandsAlone(text, at, length) || IsInsideName(text, at, length))
            return;
        var use = MarkerTable.UseOf(text.Slice(at, length));
        var place = new Placement(text, at, length);
        var confidence = (isUrl || segment.Origin == TextOrigin.BodyKey) && IsName(probe, place, use) ? Confidence.Low : Judge(probe, place, use);
        // Single words are too common to be worth a record when they mark nothing.
        if (confidence > Confidence.Low || use is not MarkerUse.Weak)
            probe.Report(Kinds.InternalMarker, confidence, probe.At, length);
    }

    /// <summary>A key or a parameter that is the bare phrase, in the case of prose, is the name of a field or what somebody searches for.</summary>
    static bool IsName(in Probe probe, Placement place, MarkerUse use) =>
        use is MarkerUse.Standing or MarkerUse.Status or MarkerUse.Weak && place.IsWhole
        && !(place.IsCapitals && use != MarkerUse.Weak) && !(probe.Document.Segments[probe.Segment].Origin == TextOrigin.Url && IsLabelField(probe));

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
        if (place.IsLabelled || place.IsShortValue && probe.Document.Segments[probe.Segment].Origin != TextOrigin.BodyKey && IsLabelField(probe))
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
