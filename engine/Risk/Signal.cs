namespace Interven.Engine.Risk;

/// <summary>One risk engine's output.</summary>
/// <param name="Engine">Which engine, snake_case.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Details">What it saw, in words and figures; never a value from the call's body.</param>
public sealed record Signal(string Engine, double Score, IReadOnlyList<Detail> Details)
{
    public const string Classifier = "classifier";
    public const string Baseline = "baseline";
    public const string Correlation = "correlation";
    public const string ThreatIntel = "threat_intel";
    public const string Intent = "intent";
    public const string DecodeLimit = "decode_limit";
    public const string Policy = "policy";

    static readonly Dictionary<string, Signal> Silent =
        new[] { Classifier, Baseline, Correlation, ThreatIntel, Intent }.ToDictionary(name => name, name => new Signal(name, 0, []));

    /// <summary>An engine that saw nothing.</summary>
    public static Signal Quiet(string engine) => Silent[engine];
}

/// <summary>One fact of a signal: a flag, a figure or a word.</summary>
/// <param name="Name">snake_case.</param>
/// <param name="Word">Set where the fact is a word.</param>
/// <param name="Figure">Set where the fact is a figure; neither set is a flag.</param>
public readonly record struct Detail(string Name, string? Word = null, double? Figure = null);
