namespace Interven.Console.Pieces;

/// <summary>What a line of a comparison is.</summary>
enum LineKind { Same, Removed, Added }

/// <summary>One line of a comparison.</summary>
readonly record struct DiffLine(LineKind Kind, string Text);

/// <summary>Compares two texts line by line: the longest common subsequence, with what both begin and end with set aside first.</summary>
static class LineDiff
{
    /// <summary>More lines than this are shown as replaced whole: the table would not fit.</summary>
    const int MostLines = 2000;

    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
            start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
            end++;
        List<DiffLine> lines = [.. a[..start].Select(text => new DiffLine(LineKind.Same, text))];
        Middle(a[start..^end], b[start..^end], lines);
        lines.AddRange(a[^end..].Select(text => new DiffLine(LineKind.Same, text)));
        return lines;
    }

    // An empty text has no line, not one that is empty.
    static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    static void Middle(string[] a, string[] b, List<DiffLine> lines)
    {
        if (a.Length > MostLines || b.Length > MostLines)
        {
            lines.AddRange(a.Select(text => new DiffLine(LineKind.Removed, text)));
            lines.AddRange(b.Select(text => new DiffLine(LineKind.Added, text)));
            return;
        }
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
                (lines, i, j) = (Add(lines, LineKind.Same, a[i]), i + 1, j + 1);
            else if (i < a.Length && (j == b.Length || common[i + 1, j] >= common[i, j + 1]))
                Add(lines, LineKind.Removed, a[i++]);
            else
                Add(lines, LineKind.Added, b[j++]);
        }
    }

    static List<DiffLine> Add(List<DiffLine> lines, LineKind kind, string text)
    {
        lines.Add(new(kind, text));
        return lines;
    }
}
