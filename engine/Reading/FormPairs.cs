using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>Takes <c>name=value&amp;name=value</c> apart (application/x-www-form-urlencoded; a URL's query and fragment), so that each value knows the name of its field.</summary>
static class FormPairs
{
    /// <summary>What a name of a field does not hold, but code, markup and prose do.</summary>
    static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\n;<>(){}\"'\\,?");

    static readonly SearchValues<char> Codes = SearchValues.Create("%+");

    /// <summary>Reads query and fragment of a URL.</summary>
    public static void ReadUrl(ScanText text, int segment)
    {
        var length = text.Segments[segment].Length;
        var parts = UrlParts.Of(text.TextOf(segment));
        foreach (var part in (ReadOnlySpan<Range>)[parts.Query, parts.Fragment])
        {
            var (start, count) = part.GetOffsetAndLength(length);
            if (count > 0)
                ReadPairs(text, segment, start, start + count);
        }
    }

    /// <summary>Reads a segment that is a form as a whole; false where it is none.</summary>
    public static bool TryRead(ScanText text, int segment)
    {
        var length = text.Segments[segment].Length;
        if (text.Trails.IsSpent(segment, TextLayer.Form) || !IsForm(text.TextOf(segment)))
            return false;
        ReadPairs(text, segment, 0, length);
        return true;
    }

    static bool IsForm(ReadOnlySpan<char> text)
    {
        var (pairs, parts) = (0, 0);
        foreach (var part in text.Split('&'))
        {
            var equals = text[part].IndexOf('=');
            var name = equals < 0 ? text[part] : text[part][..equals];
            if (equals == 0 || name.ContainsAny(NotInNames))
                return false;
            pairs += equals > 0 ? 1 : 0;
            parts++;
        }
        return pairs > 0 && (parts > 1 || !text.ContainsAny(" \t\r\n") && text[^1] != '=');
    }

    /// <summary>True where a form's text may hold an encoded run that its values do not show: a raw plus sign, which is a blank there, or a long name.</summary>
    public static bool MayHideRun(ReadOnlySpan<char> form)
    {
        if (form.Contains('+'))
            return true;
        foreach (var part in form.Split('&'))
            if (form[part].IndexOf('=') >= EncodedRuns.Shortest)
                return true;
        return false;
    }

    static void ReadPairs(ScanText text, int segment, int from, int end)
    {
        var spent = DecodedText.Spent(text, segment, TextLayer.Form);
        while (from < end)
        {
            var rest = text.TextOf(segment)[from..end];
            var stop = rest.IndexOf('&');
            var pair = stop < 0 ? rest : rest[..stop];
            var next = from + pair.Length + 1;
            var equals = pair.IndexOf('=');
            if (equals >= 0 && equals + 1 < pair.Length)
            {
                if (!text.Afford(0) || !TryDecode(text, segment, (from, equals), out var name))
                    return;
                ReadValue(text, segment, (from + equals + 1, pair.Length - equals - 1), name, spent);
            }
            from = next;
        }
    }

    static bool TryDecode(ScanText text, int segment, (int Start, int Length) run, out (int Start, int Length) name)
    {
        name = (text.Segments[segment].Start + run.Start, run.Length);
        if (!text.TextOf(segment).Slice(run.Start, run.Length).ContainsAny(Codes))
            return true;
        var firstPiece = text.Trails.PieceCount;
        var taken = Unmasking.TryRun(text, segment, run, TextLayer.Form, Codes, out name);
        if (taken)
            DecodedText.Add(text, segment, TextLayer.Form, DecodedText.Spent(text, segment, TextLayer.Form), name.Start, name.Length, run, true, firstPiece);
        return taken;
    }

    static void ReadValue(ScanText text, int segment, (int Start, int Length) run, (int Start, int Length) name, uint spent)
    {
        if (!text.TextOf(segment).Slice(run.Start, run.Length).ContainsAny(Codes))
        {
            if (text.Afford(run.Length))
                DecodedText.AddView(text, segment, TextLayer.Form, spent, run, name);
            return;
        }
        var firstPiece = text.Trails.PieceCount;
        if (Unmasking.TryRun(text, segment, run, TextLayer.Form, Codes, out var value))
            DecodedText.Add(text, segment, TextLayer.Form, spent, value.Start, value.Length, run, true, firstPiece, name);
    }
}
