namespace Interven.Engine.Normalising;

/// <summary>Finds the segment of a path that names what is done: the last one that is a name and no id, version or number.</summary>
static class PathName
{
    const int LongestSegment = 80;
    static readonly string[] Extensions = [".json", ".xml", ".php", ".aspx", ".asp", ".do", ".cgi", ".jsp", ".action", ".html"];

    /// <summary>In snake_case; null where no segment is a name.</summary>
    public static string? Last(PathSegments path)
    {
        for (var i = path.Count - 1; i >= 0; i--)
        {
            var segment = path[i];
            if (segment.Contains('%'))
                segment = Percent.Decode(segment);
            foreach (var extension in Extensions)
                if (segment.Length > extension.Length && segment.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                    segment = segment[..^extension.Length];
            if (IsName(segment))
                return Snake.Of(segment);
        }
        return null;
    }

    static bool IsName(ReadOnlySpan<char> segment)
    {
        if (segment.Length is < 2 or > LongestSegment || !char.IsAsciiLetter(segment[0]))
            return false;
        int letters = 0, digits = 0, turns = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var c = segment[i];
            if (char.IsAsciiDigit(c))
            {
                digits++;
                turns += i > 0 && char.IsAsciiLetter(segment[i - 1]) ? 1 : 0;
            }
            else if (char.IsAsciiLetter(c))
                letters++;
            else if (c is not ('-' or '_' or '.' or ':' or ' ' or '(' or ')' or '$' or '+' or ',' or '~' or '!'))
                return false;
        }
        return letters >= 2 && !IsVersion(segment, letters) && digits <= (turns > 1 ? 0 : 4) && (digits <= 2 || letters > 2 * digits);
    }

    // v1, v2beta1, api-v3
    static bool IsVersion(ReadOnlySpan<char> segment, int letters) =>
        segment[0] is 'v' or 'V' && segment.Length > 1 && char.IsAsciiDigit(segment[1]) && letters <= 6;
}
