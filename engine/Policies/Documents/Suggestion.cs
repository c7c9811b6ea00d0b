namespace Interven.Engine.Policies.Documents;

/// <summary>"Did you mean": the known word nearest to an unknown one.</summary>
static class Suggestion
{
    /// <summary>Longer words are not somebody's slip.</summary>
    const int LongestWord = 48;

    /// <summary>A sentence to append, or nothing.</summary>
    public static string For(string word, IEnumerable<string> known) => Nearest(word, known) is { } near ? $" Did you mean `{near}`?" : "";

    static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var (best, distance) = ((string?)null, Math.Max(1, word.Length / 3) + 1);
        foreach (var candidate in known)
            if (Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant()) is var d && d < distance)
                (best, distance) = (candidate, d);
        return best ?? known.FirstOrDefault(candidate => word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Levenshtein's distance.</summary>
    static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
            row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
