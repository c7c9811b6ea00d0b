using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>
/// Looks at each segment once, in order, and appends what it decodes to; the appended ones are looked at in their turn. A chain of carriers may use each
/// layer twice. Codings that stand side by side in one text are undone in one pass, so that a text with many of them is copied once and not once per combination.
/// </summary>
static class Decoding
{
    static readonly SearchValues<char> Unmarked = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(i => (char)i).Where(c => c is not ('%' or '&' or '\\' or '='))]);

    public static void Run(ScanText text)
    {
        text.OpenBudget();
        var nextMark = -1;
        for (var segment = 0; segment < text.Segments.Length; segment++)
        {
            var first = text.Segments.Length;
            Look(text, segment, IsMarked(text, segment, ref nextMark));
            var values = first;
            while (values < text.Segments.Length && text.Segments[values].Layer is TextLayer.NestedJson or TextLayer.Form)
                values++;
            if (values > first)
                text.Trails.SetValues(segment, first, values - first);
        }
    }

    /// <summary>Plain segments stand one behind the other, so one vectorised search clears many of them at once.</summary>
    static bool IsMarked(ScanText text, int segment, ref int nextMark)
    {
        ref readonly var one = ref text.Segments[segment];
        if (one.Carrier >= 0)
            return text.TextOf(segment).ContainsAnyExcept(Unmarked);
        if (nextMark < one.Start)
        {
            var hop = text.Chars[one.Start..].IndexOfAnyExcept(Unmarked);
            nextMark = hop < 0 ? int.MaxValue : one.Start + hop;
        }
        return nextMark < one.Start + one.Length;
    }

    static void Look(ScanText text, int segment, bool marked)
    {
        var one = text.Segments[segment];
        if (one.Length < 2)
            return;
        if (text.Buffer[one.Start] is '{' or '[' or '"' or <= ' ' && NestedJson.TryRead(text, segment))
            return;
        if (one.Origin == TextOrigin.Url && one.Carrier < 0)
            FormPairs.ReadUrl(text, segment);
        var isForm = marked && FormPairs.TryRead(text, segment)
            || text.Buffer[one.Start] == '-' && MultipartFields.TryRead(text, segment);
        if (marked)
            Unmasking.Read(text, segment, percentToo: !isForm);
        // A form's values are looked at one by one, with the names of their fields.
        if (one.Length >= EncodedRuns.Shortest && (!isForm || FormPairs.MayHideRun(text.TextOf(segment))))
            EncodedRuns.Read(text, segment);
    }
}
