using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Risk;

enum IntentKind : byte { Destructive, Injection, Exfiltration }

/// <summary>One row of <c>intents.yaml</c>: words in order, with a bounded number of others between.</summary>
sealed record IntentPhrase
{
    /// <summary>How far an exception is looked for.</summary>
    const int Reach = 400;

    public required string Name { get; init; }
    public required IntentKind Kind { get; init; }
    public required double Score { get; init; }
    public required bool IsCommand { get; init; }

    /// <summary>Each word's alternatives, and how many others may stand before it.</summary>
    public required IReadOnlyList<(string[] Words, int Gap)> Steps { get; init; }

    public IReadOnlyList<string> Unless { get; init; } = [];
    public IReadOnlyList<string> Mild { get; init; } = [];
    public string? Needs { get; init; }

    public static IntentPhrase From(YamlMappingNode row)
    {
        List<(string[], int)> steps = [];
        var gap = 0;
        foreach (var word in row.Word("pattern")!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (word.StartsWith("..", StringComparison.Ordinal))
                gap = int.Parse(word.AsSpan(2), CultureInfo.InvariantCulture);
            else
            {
                steps.Add((word.Split('|'), gap));
                gap = 0;
            }
        return new()
        {
            Name = row.Word("name")!,
            Kind = Enum.Parse<IntentKind>(row.Word("kind")!, ignoreCase: true),
            Score = row.Figure("score"),
            IsCommand = row.Word("as") == "command",
            Steps = steps,
            Unless = row.Words("unless"),
            Mild = row.Words("mild"),
            Needs = row.Word("needs"),
        };
    }

    /// <summary>Whether the phrase stands in <paramref name="text"/> from its start on. Its cost is bounded by the words and gaps of the pattern.</summary>
    /// <param name="text">From the first word on.</param>
    /// <param name="isMild">What follows makes it everyday work.</param>
    public bool Matches(ReadOnlySpan<char> text, out bool isMild)
    {
        isMild = false;
        var window = text.Length > Reach ? text[..Reach] : text;
        var words = new IntentWords(window, IsCommand);
        for (var step = 0; step < Steps.Count; step++)
            if (!Find(ref words, Steps[step]))
                return false;
        if (Needs is not null && !window.Contains(Needs, StringComparison.Ordinal))
            return false;
        var rest = words;
        foreach (var exception in Unless)
            for (var after = rest; after.Next();)
                if (Is(after.Current, exception))
                    return false;
        while (Mild.Count > 0 && rest.Next())
            if (rest.Current.Length > 0 && rest.Current[0] != '-')
            {
                isMild = IsOneOf(rest.Current, Mild);
                break;
            }
        return true;
    }

    static bool Find(ref IntentWords words, (string[] Words, int Gap) step)
    {
        for (var others = 0; others <= step.Gap; others++)
        {
            if (!words.Next())
                return false;
            if (IsOneOf(words.Current, step.Words))
                return true;
        }
        return false;
    }

    static bool IsOneOf(ReadOnlySpan<char> word, IReadOnlyList<string> alternatives)
    {
        for (var i = 0; i < alternatives.Count; i++)
            if (Is(word, alternatives[i]))
                return true;
        return false;
    }

    static bool Is(ReadOnlySpan<char> word, string pattern) =>
        pattern[^1] == '*' ? word.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : pattern[0] == '*' ? word.EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase)
        : word.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Walks over words: runs of letters and digits, or of anything but white space for commands.</summary>
ref struct IntentWords(ReadOnlySpan<char> text, bool isCommand)
{
    ReadOnlySpan<char> rest = text;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool Next()
    {
        var start = 0;
        while (start < rest.Length && !IsInside(rest[start]))
            start++;
        var end = start;
        while (end < rest.Length && IsInside(rest[end]))
            end++;
        if (start == end)
            return false;
        Current = isCommand ? rest[start..end].Trim("\"'`;,()&") : rest[start..end];
        rest = rest[end..];
        return true;
    }

    readonly bool IsInside(char c) => isCommand ? !char.IsWhiteSpace(c) : char.IsLetterOrDigit(c);
}
