namespace Interven.ApiFrontend.Inbound;

/// <summary>Paths that a route allows: <c>*</c> is a run without slash, <c>**</c> any run. Matched in time linear in path times pattern.</summary>
static class PathPattern
{
    public static bool Matches(string pattern, string path)
    {
        // Row by row over the pattern: which beginnings of the path it can stand for so far.
        var reach = new bool[path.Length + 1];
        reach[0] = true;
        for (var i = 0; i < pattern.Length; i++)
        {
            var isDeep = pattern[i] == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*';
            if (isDeep)
                i++;
            if (pattern[i] == '*')
                for (var end = 1; end <= path.Length; end++)
                    reach[end] |= reach[end - 1] && (isDeep || path[end - 1] != '/');
            else
            {
                for (var end = path.Length; end > 0; end--)
                    reach[end] = reach[end - 1] && path[end - 1] == pattern[i];
                reach[0] = false;
            }
        }
        return reach[path.Length];
    }

    /// <summary>A path that a server might read as another one than the one that was matched and scanned.</summary>
    public static bool IsAmbiguous(string path) =>
        path.Contains("//", StringComparison.Ordinal) || path.Contains('\\') || path.Contains('%') || path.Contains(';')
        || path.Split('/').Any(segment => segment is "." or "..") || path.Any(char.IsControl);
}
