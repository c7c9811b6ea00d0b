using System.Buffers;
using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>E-mail addresses as mail systems take them: a subset of RFC 5321 without quoting, and international ones (RFC 6531).</summary>
static class EmailAddress
{
    const int LongestLocal = 64;
    const int LongestDomain = 253;

    /// <summary>What stands after <c>@2x</c> or <c>pkg@1.0</c> in file names, not in domains.</summary>
    static readonly SearchValues<string> FileEndings =
        SearchValues.Create(["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "mjs", "ts", "tsx", "css", "json", "html", "tgz", "service"], StringComparison.OrdinalIgnoreCase);

    public static readonly Detector Detector = new("email_address", new Trigger.Character('@'), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var start = LocalStart(text, probe.At);
        var end = DomainEnd(text, probe.At + 1);
        if (start == probe.At || end < 0 || IsRemote(text, start, end))
            return;
        probe.Report(Kinds.EmailAddress, Confidence.High, start, end - start);
    }

    static int LocalStart(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1]))
            start--;
        while (start < at && text[start] is '.' or '\'' or '-' or '_' or '*' or '#' or '~' or '`')
            start++;
        return text[start..at].EndsWith(".") || text[start..at].Contains("..", StringComparison.Ordinal) ? at : start;
    }

    /// <summary>End of a domain of at least two labels whose last is alphabetic; -1 where there is none.</summary>
    static int DomainEnd(ReadOnlySpan<char> text, int from)
    {
        var (at, end, label) = (from, -1, from);
        for (; at <= text.Length && at - from <= LongestDomain; at++)
        {
            if (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '-'))
                continue;
            if (at == label || text[label] == '-' || text[at - 1] == '-' || at - label > 63)
                break;
            if (label > from && IsTopLevel(text[label..at]))
                end = at;
            if (at == text.Length || text[at] != '.')
                break;
            label = at + 1;
        }
        return end;
    }

    static bool IsTopLevel(ReadOnlySpan<char> label)
    {
        if (label.Length is < 2 or > 24 || label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
            return label.Length > 4;
        foreach (var c in label)
            if (!char.IsLetter(c))
                return false;
        return !FileEndings.Contains(label.ToString());
    }

    /// <summary>Repositories (<c>git@host:org/repo</c>) and user names in URLs are no mailboxes.</summary>
    static bool IsRemote(ReadOnlySpan<char> text, int start, int end) =>
        text[start..].StartsWith("git@", StringComparison.Ordinal)
        || Chars.At(text, end) == ':' && char.IsLetter(Chars.At(text, end + 1)) && text[end..].Contains('/')
        || Chars.At(text, start - 1) is '/' or ':' or '$' && text[Math.Max(0, start - 80)..start].LastIndexOf("://") is var scheme and >= 0
            && !text[(Math.Max(0, start - 80) + scheme + 3)..start].ContainsAny(' ', '\n', '/');

    /// <summary>RFC 5322 <c>atext</c> but for <c>/ ? &amp; = | $ { }</c>: in tools' calls these stand before a mailbox (links, forms, tables, templates), and in none.</summary>
    static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\'' or '!' or '#' or '*' or '^' or '`' or '~';
}
