using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>Redacts the texts of a call that are no JSON: its URL for the record, its context for a reviewer.</summary>
public static class RedactedText
{
    const string Marker = "[REDACTED]";

    /// <summary>The URL as records keep it: userinfo, the values of the query and the fragment are always gone, and whatever was found elsewhere in it.</summary>
    /// <param name="url">The URL that <see cref="CallText"/> read into <paramref name="text"/>.</param>
    /// <param name="text">The scan.</param>
    /// <param name="findings">Its findings.</param>
    /// <param name="minimum">Least confidence that is redacted.</param>
    public static string Url(string url, ScanText text, ReadOnlySpan<Finding> findings, Confidence minimum)
    {
        var plan = new List<Redaction>();
        var segment = Find(text, TextOrigin.Url);
        if (segment >= 0 && text.TextOf(segment).SequenceEqual(url))
            plan = RedactionPlan.Of(text, findings, minimum, static origin => origin == TextOrigin.Url);
        return Url(url, plan, Math.Max(segment, 0));
    }

    /// <summary>As the other one, where there is no scan.</summary>
    public static string Url(string url) => Url(url, [], 0);

    /// <summary>The first text of an origin, with its findings redacted; empty where the call has none.</summary>
    public static string Of(TextOrigin origin, ScanText text, ReadOnlySpan<Finding> findings, Confidence minimum)
    {
        var segment = Find(text, origin);
        if (segment < 0)
            return "";
        var plan = RedactionPlan.Of(text, findings, minimum, one => one == origin);
        var from = plan.FindIndex(one => one.Segment == segment);
        return from < 0
            ? text.TextOf(segment).ToString()
            : PlainRedaction.Write(text.TextOf(segment), plan, from, plan.FindLastIndex(one => one.Segment == segment) + 1);
    }

    static string Url(string url, List<Redaction> plan, int segment)
    {
        var parts = UrlParts.Of(url);
        var (user, userLength) = parts.UserInfo.GetOffsetAndLength(url.Length);
        // What looks like an address here is userinfo and host; the host stays in the record.
        if (userLength > 0)
            plan.RemoveAll(one => one.Start < user + userLength && one.End > user);
        Add((user, userLength));
        Add(parts.Fragment.GetOffsetAndLength(url.Length));
        var (query, length) = parts.Query.GetOffsetAndLength(url.Length);
        foreach (var part in url.AsSpan(query, length).Split('&'))
        {
            var (start, count) = part.GetOffsetAndLength(length);
            var equals = url.AsSpan(query + start, count).IndexOf('=');
            Add((query + start + equals + 1, count - equals - 1));
        }
        Redaction.Merge(plan);
        return PlainRedaction.Write(url, plan, 0, plan.Count);

        void Add((int Start, int Length) span)
        {
            if (span.Length > 0)
                plan.Add(new(segment, span.Start, span.Length, Marker, 2));
        }
    }

    static int Find(ScanText text, TextOrigin origin)
    {
        for (var segment = 0; segment < text.Segments.Length; segment++)
            if (text.Segments[segment].Origin == origin)
                return segment;
        return -1;
    }
}
