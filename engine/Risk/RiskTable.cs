using System.Collections.Frozen;
using Interven.Contracts;
using Interven.Engine.Classifying;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Risk;

/// <summary>The figures of <c>risk.yaml</c>: what each observation weighs. One table, read once.</summary>
sealed class RiskTable
{
    public static readonly RiskTable Current = new(RiskData.Load("Risk/risk.yaml"));

    readonly (DataClasses Class, double Severity)[] classes;
    readonly double[] confidence;
    readonly FrozenSet<string> destructive;
    readonly string[] destructivePrefixes;

    RiskTable(YamlMappingNode root)
    {
        classes = [.. root.Map("class_severity").Children.Select(pair => (Parse(pair.Key.ToString()), root.Map("class_severity").Figure(pair.Key.ToString())))];
        confidence = [.. Enum.GetValues<Confidence>().Select(level => root.Map("confidence").Figure(level.Word()))];
        (External, Internal) = (root.Map("destination").Figure("external"), root.Map("destination").Figure("internal"));
        Baseline = BaselineFigures.From(root.Map("baseline"));
        Correlation = CorrelationFigures.From(root.Map("correlation"));
        Floors = FloorFigures.From(root.Map("floors"));
        (ListedThreat, MentionedVulnerability) = (root.Map("threat_intel").Figure("listed"), root.Map("threat_intel").Figure("vulnerability_mentioned"));
        (TrustAtFull, TrustAtNone) = (root.Map("trust_modifier").Figure("at_full"), root.Map("trust_modifier").Figure("at_none"));
        IamCreates = root.Words("iam_creates").ToFrozenSet(StringComparer.Ordinal);
        IamAttaches = root.Words("iam_attaches").ToFrozenSet(StringComparer.Ordinal);
        var patterns = root.Words("destructive_operations");
        destructive = patterns.Where(pattern => !pattern.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal);
        destructivePrefixes = [.. patterns.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1])];
    }

    public double External { get; }
    public double Internal { get; }
    public BaselineFigures Baseline { get; }
    public CorrelationFigures Correlation { get; }
    public FloorFigures Floors { get; }
    public double ListedThreat { get; }
    public double MentionedVulnerability { get; }
    public double TrustAtFull { get; }
    public double TrustAtNone { get; }
    FrozenSet<string> IamCreates { get; }
    FrozenSet<string> IamAttaches { get; }

    public double Certainty(Confidence level) => confidence[(int)level];

    /// <summary>The kind's own severity, or the worst of its classes where it states none.</summary>
    public double Severity(DataKind kind)
    {
        if (kind.Severity is > 0 and <= 1)
            return kind.Severity;
        var worst = 0d;
        foreach (var (one, severity) in classes)
            if ((kind.Classes & one) != 0)
                worst = Math.Max(worst, severity);
        return worst;
    }

    public bool IsDestructive(string tool, string operation) => IsDestructive(operation) || IsDestructive(Action(tool, operation));

    public bool CreatesIdentity(string tool, string operation) => IsIn(IamCreates, tool, operation);

    public bool AttachesRights(string tool, string operation) => IsIn(IamAttaches, tool, operation);

    static bool IsIn(FrozenSet<string> operations, string tool, string operation) =>
        operations.Contains(operation) || operations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Action(tool, operation));

    /// <summary>AWS operations are called <c>{service}_{action}</c>, those of the table by their action.</summary>
    static ReadOnlySpan<char> Action(string tool, string operation) => tool == "aws" ? operation.AsSpan(operation.IndexOf('_', StringComparison.Ordinal) + 1) : operation;

    bool IsDestructive(ReadOnlySpan<char> operation)
    {
        if (destructive.GetAlternateLookup<ReadOnlySpan<char>>().Contains(operation))
            return true;
        foreach (var prefix in destructivePrefixes)
            if (operation.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        return false;
    }

    static DataClasses Parse(string word) =>
        Words.TryParseDataClass(word, out var one) ? one : throw new InvalidOperationException($"risk.yaml names an unknown data class `{word}`.");
}

sealed record BaselineFigures(
    double WarmUpScans, double NewDestination, double NewOperation, double UnusualHour, double UnusualSize, double VolumeBurst, double ExtremeBurstFactor)
{
    public static BaselineFigures From(YamlMappingNode map) => new(
        map.Figure("warm_up_scans"), map.Figure("new_destination"), map.Figure("new_operation"), map.Figure("unusual_hour"),
        map.Figure("unusual_size"), map.Figure("volume_burst"), map.Figure("extreme_burst_factor"));
}

sealed record CorrelationFigures(
    double ReadThenWrite, double IamCreateThenAttach, double IamWindowSeconds, double Mutations, double MutationsPerMinute,
    double SeveralCredentials, double CredentialsInSession)
{
    public static CorrelationFigures From(YamlMappingNode map) => new(
        map.Figure("read_then_write"), map.Figure("iam_create_then_attach"), map.Figure("iam_window_seconds"), map.Figure("mutations"),
        map.Figure("mutations_per_minute"), map.Figure("several_credentials"), map.Figure("credentials_in_session"));
}

sealed record FloorFigures(
    double ThreatIntel, double LiveSecretExternal, double LiveSecretSeverity, double Destructive, double DecodeLimit, double ReadThenWrite)
{
    public static FloorFigures From(YamlMappingNode map) => new(
        map.Figure("threat_intel"), map.Figure("live_secret_external"), map.Figure("live_secret_severity"), map.Figure("destructive"),
        map.Figure("decode_limit"), map.Figure("read_then_write"));
}
