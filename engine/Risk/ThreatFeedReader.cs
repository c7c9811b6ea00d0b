using System.Globalization;
using System.Net;
using System.Text;
using Interven.Engine.Reading;

namespace Interven.Engine.Risk;

/// <summary>
/// Reads threat feeds. A feed of URLs lists pages, often on hosts that millions share, so a URL makes its host suspect only where it names the
/// host's root, and its address only where the host is one.
/// </summary>
public static class ThreatFeedReader
{
    /// <summary>More entries than any public feed has; what is beyond counts as skipped.</summary>
    public const int MostEntries = 2_000_000;

    /// <summary>Never throws: a line that is no entry is skipped and counted.</summary>
    public static ThreatFeed Read(string name, ThreatFormat format, ReadOnlyMemory<byte> utf8)
    {
        var entries = new Entries();
        if (format == ThreatFormat.Kev)
            ReadKev(utf8, entries);
        else
            foreach (var line in Encoding.UTF8.GetString(utf8.Span).AsSpan().EnumerateLines())
                ReadLine(line.Trim(), format, entries);
        return new(name, entries.Hosts, entries.Addresses, entries.Urls, entries.Vulnerabilities, entries.Skipped);
    }

    sealed class Entries
    {
        public List<string> Hosts { get; } = [];
        public List<string> Addresses { get; } = [];
        public List<string> Urls { get; } = [];
        public List<string> Vulnerabilities { get; } = [];
        public int Skipped { get; set; }

        public bool IsFull => Hosts.Count + Addresses.Count + Urls.Count + Vulnerabilities.Count >= MostEntries;
    }

    static void ReadLine(ReadOnlySpan<char> line, ThreatFormat format, Entries to)
    {
        if (line.IsEmpty || line[0] is '#' or ';' or '!')
            return;
        var entry = format == ThreatFormat.UrlHaus && line[0] == '"' ? CsvField(line, 2) : format == ThreatFormat.Plain ? PlainEntry(line) : line;
        if (to.IsFull || !(entry.Contains("://", StringComparison.Ordinal) ? AddUrl(entry, to) : AddHost(entry, to)))
            to.Skipped++;
    }

    /// <summary>The entry without a comment after it, and without the address that a hosts file puts before it.</summary>
    static ReadOnlySpan<char> PlainEntry(ReadOnlySpan<char> line)
    {
        var blank = line.IndexOfAny(' ', '\t');
        if (blank < 0)
            return line;
        var first = line[..blank];
        var rest = line[blank..].Trim();
        if (!(first is "0.0.0.0" or "127.0.0.1" or "::1" or "::") || rest.IsEmpty || rest[0] == '#')
            return first;
        var end = rest.IndexOfAny(' ', '\t');
        return end < 0 ? rest : rest[..end];
    }

    static ReadOnlySpan<char> CsvField(ReadOnlySpan<char> line, int index)
    {
        for (; index > 0; index--)
        {
            var next = line.IndexOf("\",\"", StringComparison.Ordinal);
            if (next < 0)
                return [];
            line = line[(next + 2)..];
        }
        var end = line.Length > 1 ? line[1..].IndexOf('"') : -1;
        return end < 0 ? [] : line.Slice(1, end);
    }

    static bool AddUrl(ReadOnlySpan<char> url, Entries to)
    {
        if (!ThreatUrl.TryRead(url, out var read))
            return false;
        if (IPAddress.TryParse(read.Host, out _))
            to.Addresses.Add(read.Host.ToString());
        else if (read.IsRoot)
            to.Hosts.Add(read.Host.ToString().ToLowerInvariant());
        to.Urls.Add(read.Compared());
        return true;
    }

    static bool AddHost(ReadOnlySpan<char> entry, Entries to)
    {
        entry = entry.TrimStart("*.").TrimEnd('.');
        if (IPAddress.TryParse(entry, out _) || IPNetwork.TryParse(entry, out _))
            to.Addresses.Add(entry.ToString());
        else if (entry.Length is > 3 and < 254 && entry.Contains('.') && !entry.ContainsAnyExcept(ThreatText.HostLetters))
            to.Hosts.Add(entry.ToString().ToLowerInvariant());
        else
            return false;
        return true;
    }

    static void ReadKev(ReadOnlyMemory<byte> utf8, Entries to)
    {
        using var tree = JsonTree.Parse(utf8, out _);
        var list = tree?.Child(0, "vulnerabilities") ?? -1;
        if (tree is null || list < 0)
        {
            to.Skipped++;
            return;
        }
        for (var item = list + 1; item < tree.Nodes[list].End; item = tree.Nodes[item].End)
            if (!to.IsFull && tree.ChildString(item, "cveID") is { } cve && cve.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase))
                to.Vulnerabilities.Add(cve.ToUpper(CultureInfo.InvariantCulture));
            else
                to.Skipped++;
    }
}
