namespace Interven.Engine.Reading;

/// <summary>Gives the parts of a multipart/form-data text (RFC 7578) the names of their fields. Their contents stand there as they are, so no copy is made.</summary>
static class MultipartFields
{
    const string Disposition = "content-disposition:";

    public static bool TryRead(ScanText text, int segment)
    {
        var whole = text.TextOf(segment);
        if (!whole.StartsWith("--", StringComparison.Ordinal) || text.Trails.IsSpent(segment, TextLayer.Form))
            return false;
        var lineEnd = whole.IndexOfAny('\r', '\n');
        if (lineEnd < 3 || whole.IndexOf(Disposition, StringComparison.OrdinalIgnoreCase) < 0)
            return false;
        var boundary = whole[..lineEnd].ToString();
        var spent = DecodedText.Spent(text, segment, TextLayer.Form);
        for (var from = lineEnd; from < text.Segments[segment].Length;)
        {
            whole = text.TextOf(segment);
            var stop = whole[from..].IndexOf(boundary, StringComparison.Ordinal);
            var end = stop < 0 ? whole.Length : from + stop;
            ReadPart(text, segment, from, end, spent);
            from = end + boundary.Length;
        }
        return true;
    }

    static void ReadPart(ScanText text, int segment, int from, int end, uint spent)
    {
        var part = text.TextOf(segment)[from..end];
        var blank = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var gap = blank >= 0 ? 4 : 2;
        if (blank < 0)
            blank = part.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
            return;
        var head = part[..blank];
        var name = head.IndexOf("name=\"", StringComparison.OrdinalIgnoreCase);
        if (name < 0)
            return;
        var length = head[(name + 6)..].IndexOf('"');
        var content = part[(blank + gap)..].TrimEnd("\r\n");
        if (length < 0 || content.IsEmpty || !text.Afford(content.Length))
            return;
        var field = (text.Segments[segment].Start + from + name + 6, length);
        DecodedText.AddView(text, segment, TextLayer.Form, spent, (from + blank + gap, content.Length), field);
    }
}
