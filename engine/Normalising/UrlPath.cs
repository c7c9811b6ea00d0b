namespace Interven.Engine.Normalising;

/// <summary>Path and query in the one spelling: no dot segments (encoded ones neither), unreserved letters plain.</summary>
static class UrlPath
{
    /// <summary>Appends both; the answer is where the question mark stands, or -1.</summary>
    public static int Append(ref CharBuffer to, ReadOnlySpan<char> text, bool web)
    {
        var question = text.IndexOf('?');
        AppendPath(ref to, question < 0 ? text : text[..question], web);
        if (question < 0)
            return -1;
        var start = to.Length;
        for (var at = question; at < text.Length;)
            Percent.Append(ref to, text, ref at);
        return start;
    }

    static void AppendPath(ref CharBuffer to, ReadOnlySpan<char> path, bool web)
    {
        var start = to.Length;
        if (path.IsEmpty)
        {
            if (web)
                to.Append('/');
            return;
        }
        var at = 1;
        while (true)
        {
            var segment = to.Length;
            to.Append('/');
            while (at < path.Length && !IsSlash(path[at], web))
                Percent.Append(ref to, path, ref at);
            var last = at >= path.Length;
            DropDots(ref to, start, segment, last);
            if (last)
                return;
            at++;
        }
    }

    static bool IsSlash(char c, bool web) => c == '/' || web && c == '\\';

    static void DropDots(ref CharBuffer to, int start, int segment, bool last)
    {
        var name = to.Written[(segment + 1)..];
        if (name is not ("." or ".."))
            return;
        var keep = name.Length == 1 || segment == start ? segment : start + to.Written[start..segment].LastIndexOf('/');
        to.Truncate(keep);
        if (last)
            to.Append('/');
    }
}
