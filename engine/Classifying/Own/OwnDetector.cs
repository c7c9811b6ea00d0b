using System.Text.RegularExpressions;
using Interven.Contracts;
using Interven.Engine.Classifying.Internal;

namespace Interven.Engine.Classifying.Own;

/// <summary>A detector that a tenant added: literals or a regular expression, with the class and kind that it reports. Compiled once, shared freely.</summary>
public sealed class OwnDetector
{
    public const int LongestRegex = 512, MostLiterals = 1000, LongestLiteral = 200;

    /// <summary>Below this a pattern would be found in everything.</summary>
    public const int ShortestLiteral = 3;

    const double Severity = .7;
    const int MostMatches = 100;
    const int MostRepeats = 1000;

    readonly string name;
    readonly DataKind kind;
    readonly IReadOnlyList<string> literals;
    readonly Regex? regex;

    OwnDetector(string name, DataKind kind, IReadOnlyList<string> literals, Regex? regex) => (this.name, this.kind, this.literals, this.regex) = (name, kind, literals, regex);

    /// <summary>Null with the problems where anything is wrong.</summary>
    /// <param name="name">For people.</param>
    /// <param name="dataClass">One class.</param>
    /// <param name="kind">snake_case; what findings and redactions say.</param>
    /// <param name="literals">Whole words, any case; empty with a regex.</param>
    /// <param name="regex">In linear time; null with literals.</param>
    /// <param name="problems">Path and sentence of each.</param>
    public static OwnDetector? Compile(
        string name, DataClasses dataClass, string kind, IReadOnlyList<string> literals, string? regex, out IReadOnlyList<(string Path, string Message)> problems)
    {
        var found = new List<(string, string)>();
        if (kind.Length is 0 or > 60 || !kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') || !char.IsAsciiLetterLower(kind[0]))
            found.Add(("$.kind", "A kind is 1 to 60 characters of snake_case, such as employee_number."));
        if (literals.Count == 0 == regex is null)
            found.Add(("$", "Give either `literals` or `regex`."));
        if (literals.Count > MostLiterals)
            found.Add(("$.literals", $"At most {MostLiterals} literals."));
        for (var i = 0; i < literals.Count && found.Count < 20; i++)
            if (literals[i] is not { } literal || literal.Trim().Length is < ShortestLiteral or > LongestLiteral || literal.Any(char.IsControl))
                found.Add(($"$.literals[{i}]", $"A literal has {ShortestLiteral} to {LongestLiteral} characters."));
        var compiled = regex is null ? null : Compile(regex, found);
        problems = found;
        return found.Count == 0 ? new(name, new(kind, dataClass, Severity), literals, compiled) : null;
    }

    internal IEnumerable<Detector> Detectors() => regex is null
        ? TenantMarkers.Detectors(literals, kind, name)
        : [new(name, new Trigger.EverySegment(), Search)];

    /// <summary>The engine that cannot backtrack; what it cannot do is refused in its own words.</summary>
    static Regex? Compile(string pattern, List<(string, string)> problems)
    {
        if (pattern.Length > LongestRegex)
            problems.Add(("$.regex", $"A regular expression has at most {LongestRegex} characters."));
        else if (Repeats(pattern) > MostRepeats)
            problems.Add(("$.regex", $"The counted repetitions multiply to more than {MostRepeats}."));
        else
            try
            {
                var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
                if (!regex.IsMatch(""))
                    return regex;
                problems.Add(("$.regex", "The expression matches the empty text, and so everything."));
            }
            catch (RegexParseException e)
            {
                problems.Add(("$.regex", $"This is no regular expression: {e.Error} at character {e.Offset}."));
            }
            catch (Exception e) when (e is NotSupportedException or ArgumentException or RegexMatchTimeoutException)
            {
                problems.Add(("$.regex", "Only expressions that match in linear time are taken: no look-around, backreferences, atomic groups or conditionals."));
            }
        return null;
    }

    /// <summary>The counted repetitions multiplied, as if each stood within the others: the automaton grows no larger than that.</summary>
    static long Repeats(string pattern)
    {
        var product = 1L;
        for (var open = pattern.IndexOf('{'); open >= 0 && product <= MostRepeats; open = pattern.IndexOf('{', open + 1))
        {
            var close = pattern.IndexOf('}', open);
            if (close < 0)
                break;
            var counts = pattern[(open + 1)..close].Split(',');
            if (counts.All(count => count.Length == 0 || count.All(char.IsAsciiDigit)) && int.TryParse(counts[^1].Length > 0 ? counts[^1] : counts[0], out var most))
                product *= Math.Max(1, most);
        }
        return product;
    }

    void Search(in Probe probe)
    {
        var matches = 0;
        foreach (var match in regex!.EnumerateMatches(probe.Text))
            if (match.Length > 0)
            {
                probe.Report(kind, Confidence.Medium, match.Index, match.Length);
                if (++matches == MostMatches)
                {
                    // Beyond so many, the rest of the text is one finding.
                    probe.Report(kind, Confidence.Medium, match.Index, probe.Text.Length - match.Index);
                    return;
                }
            }
    }
}
