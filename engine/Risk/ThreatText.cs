using System.Buffers;

namespace Interven.Engine.Risk;

/// <summary>Finds hosts, URLs and CVE numbers in running text, in time linear in it.</summary>
static class ThreatText
{
    public static readonly SearchValues<char> HostLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    static readonly SearchValues<char> UrlEnd = SearchValues.Create(" \t\r\n\"'<>`|\\^{}");

    /// <summary>So many places are looked up in one text; a list of more is a flood, not a call.</summary>
    const int Most = 1000;

    public static (string Feed, string What)? Find(ReadOnlySpan<char> text, ThreatIndex index)
    {
        var looked = 0;
        for (var from = 0; from < text.Length && looked < Most; looked++)
        {
            var dot = text[from..].IndexOf('.');
            if (dot < 0)
                break;
            dot += from;
            var start = dot;
            while (start > from && HostLetters.Contains(text[start - 1]))
                start--;
            var length = text[dot..].IndexOfAnyExcept(HostLetters);
            var end = length < 0 ? text.Length : dot + length;
            if (end - start > 3 && index.FindHost(text[start..end].Trim('.')) is { } feed)
                return (feed, "host");
            from = end;
            if (start >= 3 && text[(start - 3)..start] is "://" && Url(text, start, ref from) is var url && ThreatUrl.TryRead(url, out var read) && index.FindUrl(read) is { } listed)
                return (listed, "url");
        }
        return null;
    }

    /// <summary>The first known exploited vulnerability that is named.</summary>
    public static string? FindVulnerability(ReadOnlySpan<char> text, ThreatIndex index)
    {
        for (var (from, looked) = (0, 0); looked < Most; looked++)
        {
            var at = text[from..].IndexOf("CVE-", StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return null;
            at += from;
            from = at + 4;
            while (from < text.Length && (char.IsAsciiDigit(text[from]) || text[from] == '-'))
                from++;
            if (from - at is > 8 and < 20 && index.FindVulnerability(text[at..from].TrimEnd('-')) is { } feed)
                return feed;
        }
        return null;
    }

    static ReadOnlySpan<char> Url(ReadOnlySpan<char> text, int hostStart, ref int end)
    {
        var length = text[hostStart..].IndexOfAny(UrlEnd);
        end = length < 0 ? text.Length : Math.Max(end, hostStart + length);
        return text[(hostStart - 3)..end].TrimEnd(".,;:!?)]");
    }
}
