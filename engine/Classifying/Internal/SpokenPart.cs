namespace Interven.Engine.Classifying.Internal;

/// <summary>
/// The part of a URL that a person wrote: one segment of its path or one value of its query, once decoded. Where no blank is, it is an identifier, not speech
/// (<c>/internal-only/readme</c>).
/// </summary>
static class SpokenPart
{
    const int LongestExtension = 5;

    /// <param name="text">The URL, a decoding of it, or a value of its query.</param>
    /// <param name="at">Where the marker stands.</param>
    /// <param name="isValue">The text is one value as it is: nothing in it separates.</param>
    /// <returns>Empty where the part is no speech.</returns>
    public static Range Of(ReadOnlySpan<char> text, int at, bool isValue)
    {
        var (start, end) = (0, text.Length);
        if (!isValue)
        {
            start = text[..at].LastIndexOfAny("/?&#=") + 1;
            var next = text[at..].IndexOfAny("/?&#=");
            end = next < 0 ? end : at + next;
        }
        var part = text[start..end];
        if (!part.Contains(' '))
            return at..at;
        var dot = part.LastIndexOf('.');
        return dot > at - start && part.Length - dot - 1 is > 0 and <= LongestExtension && !part[(dot + 1)..].Contains(' ') ? start..(start + dot) : start..end;
    }
}
