using System.Buffers;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>
/// The parts of a call that are kept in the clear (URL, operation, names that the caller gave), without anything that was found: query values and
/// userinfo go always, and a path segment, host or name that holds a found value goes with it.
/// </summary>
sealed class ClearText
{
    const string Redacted = "[REDACTED]";

    /// <summary>Shorter values stand in any word; they count where they are the whole of a name.</summary>
    const int Telling = 4;

    /// <summary>As often as the detectors' own decoding undoes percent signs.</summary>
    const int Layers = 3;

    /// <summary>Longer ones are no names of things.</summary>
    const int LongestShown = 100;

    /// <summary>A parameter so called may carry what nobody should read, whether or not its value looks like it.</summary>
    static readonly SearchValues<string> Guarded = SearchValues.Create(
        ["token", "secret", "key", "pass", "pwd", "sig", "auth", "cred", "code", "session", "sid", "otp", "pin", "jwt", "assertion", "cookie"], StringComparison.OrdinalIgnoreCase);

    static readonly List<string> Nothing = [];

    readonly List<string> found;
    readonly List<string> foundInUrl;
    readonly string besidePath;

    /// <summary>The last URL lacks something that was not found: that a reviewer cannot judge.</summary>
    bool hidesMore;

    public ClearText(PreparedScan scan)
    {
        (found, foundInUrl) = scan.Findings.Count + scan.AtHome.Count == 0 ? (Nothing, Nothing) : ([], []);
        Collect(scan.Text, scan.Findings);
        Collect(scan.Text, scan.AtHome);
        Operation = Holds(scan.Call.Operation) ? Redacted : scan.Call.Operation;
        ShownOperation = Holds(scan.Call.ShownOperation) ? Redacted : scan.Call.ShownOperation;
        besidePath = IsClean ? "" : BesidePath(scan.Scan.Url);
        Url = UrlOf(scan.Call, isForReview: false);
    }

    /// <summary>
    /// What whoever decides must see and the record does not keep: query values too, where nothing was found in the URL. Those of guarded names and long
    /// ones stay hidden.
    /// </summary>
    public static UrlForReview UrlForReview(PreparedScan scan)
    {
        var clear = new ClearText(scan);
        var url = clear.foundInUrl.Count > 0 ? clear.Url : clear.UrlOf(scan.Call, isForReview: true);
        return new(url, !clear.hidesMore);
    }

    public string Operation { get; }
    public string ShownOperation { get; }
    public string Url { get; }

    /// <summary>Nothing was found anywhere in the call, so that names taken from it may be kept.</summary>
    public bool IsClean => found.Count == 0;

    /// <summary>The name, or its redaction where it is or holds a found value.</summary>
    public string Name(string name) => Holds(name) ? Redacted : name;

    void Collect(ScanText text, FindingList findings)
    {
        foreach (ref readonly var finding in findings.Items)
        {
            if (IsDestination(text, finding))
                continue;
            var plain = Plain(text.TextOf(finding.Segment).Slice(finding.Start, finding.Length));
            if (found.Count < 200 && !found.Contains(plain, StringComparer.Ordinal))
                found.Add(plain);
            if (text.Segments[FindingPaths.Carrier(text, finding.Segment)].Origin == TextOrigin.Url)
                foundInUrl.Add(plain);
        }
    }

    /// <summary>An address that is the URL's host says where the call went, which is evidence and nobody's data.</summary>
    static bool IsDestination(ScanText text, in Finding finding)
    {
        if (finding.Kind != Kinds.IpAddress || text.Segments[finding.Segment] is not { Origin: TextOrigin.Url, Layer: TextLayer.Plain })
            return false;
        var url = text.TextOf(finding.Segment);
        if (url.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var at))
            return false;
        var start = at + 3;
        var end = url[start..].IndexOfAny("/?#\\") is >= 0 and var length ? start + length : url.Length;
        start += url[start..end].LastIndexOf('@') + 1;
        return finding.Start >= start && finding.End <= end;
    }

    bool Holds(string name) => found.Count > 0 && name.Length > 0 && HoldsAny(name);

    bool HoldsAny(string name) => found.Exists(value => Holds(name, value));

    static bool Holds(string name, string value)
    {
        for (var layer = 0; layer <= Layers; layer++)
        {
            var plain = Plain(name);
            if (value.Length >= Telling ? plain.Contains(value, StringComparison.Ordinal) : plain == value)
                return true;
            var unescaped = Uri.UnescapeDataString(name);
            if (unescaped == name)
                return false;
            name = unescaped;
        }
        return false;
    }

    /// <summary>Letters and digits only, without case: an operation is a path segment in another spelling.</summary>
    static string Plain(ReadOnlySpan<char> text)
    {
        Span<char> room = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
            if (char.IsLetterOrDigit(c))
                room[length++] = char.ToLowerInvariant(c);
        return new(room[..length]);
    }

    string UrlOf(ToolCall call, bool isForReview)
    {
        var url = call.Url.AsSpan();
        hidesMore = false;
        if (IsClean && !url.ContainsAny('?', '#', '@'))
            return call.Url;
        var fragment = url.IndexOf('#');
        if (fragment >= 0)
        {
            hidesMore = fragment < url.Length - 1;
            url = url[..fragment];
        }
        var start = url.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0;
        var question = url.IndexOf('?');
        var end = question < 0 ? url.Length : question;
        var slash = url[start..end].IndexOf('/') is var first and >= 0 ? start + first : end;
        var authority = url[start..slash];
        var host = authority.LastIndexOf('@') + 1;
        hidesMore |= host > 1 && !IsFound(authority[..(host - 1)].ToString());
        authority = authority[host..];
        return string.Concat(url[..start], Part(authority.ToString()), Path(url[slash..end].ToString()), question < 0 ? "" : Query(url[question..], isForReview));
    }

    /// <summary>Authority, query and fragment as sent: what stands there is dropped or redacted anyway.</summary>
    static string BesidePath(string sent)
    {
        var url = sent.AsSpan();
        var start = url.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0;
        var end = url[start..].IndexOfAny('/', '?', '#') is var length and >= 0 ? start + length : url.Length;
        var tail = url[end..].IndexOfAny('?', '#') is var more and >= 0 ? url[(end + more)..] : [];
        return string.Concat(url[start..end], " ", tail);
    }

    string Path(string path)
    {
        if (found.Count == 0)
            return path;
        var segments = path.Split('/');
        // What was decoded from the URL, or runs over several segments, is seen in none of them: then the whole path goes.
        if (foundInUrl.Exists(value => !Holds(besidePath, value) && !Array.Exists(segments, segment => Holds(segment, value))))
        {
            hidesMore = true;
            return "/" + Redacted;
        }
        for (var i = 0; i < segments.Length; i++)
            segments[i] = Part(segments[i]);
        return string.Join('/', segments);
    }

    /// <summary>Names of parameters stay; values only for review.</summary>
    string Query(ReadOnlySpan<char> query, bool isForReview)
    {
        var pairs = query[1..].ToString().Split('&');
        for (var i = 0; i < pairs.Length; i++)
        {
            var equals = pairs[i].IndexOf('=', StringComparison.Ordinal);
            // Without an equals sign the whole is a value as likely as a name.
            pairs[i] = equals < 0 ? pairs[i].Length == 0 ? "" : Hidden(pairs[i]) : Part(pairs[i][..equals]) + "=" + Value(pairs[i], equals, isForReview);
        }
        return "?" + string.Join('&', pairs);
    }

    string Value(string pair, int equals, bool isForReview)
    {
        var value = pair[(equals + 1)..];
        return isForReview && pair.Length - equals <= LongestShown && !pair.AsSpan(0, equals).ContainsAny(Guarded) && !Holds(value) ? value : Hidden(value);
    }

    string Part(string part) => Holds(part) ? Hidden(part) : part;

    string Hidden(string part)
    {
        hidesMore |= !IsFound(part);
        return Redacted;
    }

    /// <summary>Nothing beside the found value stands there.</summary>
    bool IsFound(string part)
    {
        for (var layer = 0; layer <= Layers; layer++)
        {
            if (found.Contains(Plain(part), StringComparer.Ordinal))
                return true;
            part = Uri.UnescapeDataString(part);
        }
        return false;
    }
}
