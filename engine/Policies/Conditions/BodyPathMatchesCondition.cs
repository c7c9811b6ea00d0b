using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Contracts;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>body_path_matches</c>: a regex that is found anywhere in a string or number. The engine that runs it cannot backtrack, so time is linear in the value.</summary>
public sealed record BodyPathMatchesCondition : BodyPathCondition
{
    /// <summary>Longest pattern taken.</summary>
    public const int MaxPatternLength = 512;

    readonly Regex regex;

    BodyPathMatchesCondition(JsonPath path, string pattern, Regex regex) : base("body_path_matches", path) =>
        (Pattern, this.regex) = (pattern, regex);

    public string Pattern { get; }

    internal override string? ReasonCode => ReasonCodes.BodyPatternMatch;

    /// <summary>Null with the reason in <paramref name="fault"/> where the pattern is none, or one that cannot run in linear time.</summary>
    public static BodyPathMatchesCondition? Create(JsonPath path, string pattern, out string fault)
    {
        fault = "";
        try
        {
            if (pattern.Length is > 0 and <= MaxPatternLength)
                return new(path, pattern, new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
            fault = $"A regex has 1 to {MaxPatternLength} characters.";
        }
        catch (ArgumentException)
        {
            fault = "This is not a regex.";
        }
        catch (NotSupportedException)
        {
            fault = "The regex uses what cannot run in linear time (look-around, back-references, atomic groups) or counts too high.";
        }
        return null;
    }

    internal override Truth Test(JsonTree tree, int node) =>
        Truths.Of(tree.Nodes[node].Kind is JsonKind.String or JsonKind.Number && regex.IsMatch(tree.Value(node)));

    internal override void WriteValue(Utf8JsonWriter json) => json.WriteString("pattern", Pattern);
}
