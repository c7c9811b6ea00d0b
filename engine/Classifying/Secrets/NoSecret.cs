namespace Interven.Engine.Classifying.Secrets;

/// <summary>What looks drawn by a machine and is no secret: names of resources, versions of packages, ids.</summary>
static class NoSecret
{
    /// <summary>Session secrets carry 64 bits at least (NIST SP 800-63B-4, 5.1): what has fewer behind its prefix is an id.</summary>
    const double FewestBits = 64;

    public static bool Is(ReadOnlySpan<char> value) => IsResourceName(value) || IsVersioned(value);

    /// <summary>A name by the rules of clouds and clusters (RFC 1123 labels, joined by hyphens): each part letters with a number of two digits at most, or a number: <c>core2-uat-1208358310</c>.</summary>
    static bool IsResourceName(ReadOnlySpan<char> value)
    {
        var (named, numbers) = (0, 0);
        foreach (var range in value.Split('-'))
        {
            var part = value[range];
            var letters = LettersFrom(part);
            var digits = part[letters..];
            if (part.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || letters > 12 || letters > 0 && digits.Length > 2)
                return false;
            named += letters > 0 ? 1 : 0;
            numbers += letters == 0 ? 1 : 0;
        }
        return named is >= 2 and <= 5 && numbers <= 1;
    }

    /// <summary>A package with its version: <c>json-reader-2.11.0</c>, <c>reader:2.11</c>.</summary>
    static bool IsVersioned(ReadOnlySpan<char> value)
    {
        var joint = value.LastIndexOfAny('-', ':');
        if (joint < 3 || !char.IsAsciiLetter(value[0]))
            return false;
        var version = value[(joint + 1)..];
        return version.Length is >= 3 and <= 12 && version.Count('.') is 1 or 2 && char.IsAsciiDigit(version[0]) && char.IsAsciiDigit(version[^1])
            && version.IndexOf("..") < 0 && !version.ContainsAnyExcept(Stops.Version);
    }

    /// <summary>One or two short words and a draw too short to be guessed by nobody: the id of a thing (<c>ch_card_4k2m9x7q1z</c>).</summary>
    public static bool IsShortId(ReadOnlySpan<char> value)
    {
        var last = value.LastIndexOf('_');
        if (last < 2)
            return false;
        foreach (var range in value[..last].Split('_'))
            if (value[range].Length is < 2 or > 6 || value[range].ContainsAnyExceptInRange('a', 'z'))
                return false;
        var draw = value[(last + 1)..];
        return !draw.ContainsAnyExcept(Stops.LowerAlphanumeric) && draw.Length * Math.Log2(36) < FewestBits;
    }

    static int LettersFrom(ReadOnlySpan<char> part)
    {
        var end = part.IndexOfAnyExceptInRange('a', 'z');
        return end < 0 ? part.Length : end;
    }
}
