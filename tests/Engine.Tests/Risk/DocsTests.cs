using System.Globalization;
using System.Runtime.CompilerServices;
using Interven.Contracts;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Risk;

/// <summary>The pages that people read say what the tables say.</summary>
public class DocsTests
{
    static string Page(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", name));

    [Fact]
    public void Every_reason_code_stands_on_its_page_with_its_meaning_and_no_other()
    {
        var rows = Page("reason-codes.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.Equal(ReasonCodes.All.Select(code => $"| `{code.Code}` | {code.Meaning} |"), rows);
    }

    [Fact]
    public void Each_constant_is_in_the_catalogue_once()
    {
        var constants = typeof(ReasonCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(constants.Order(StringComparer.Ordinal), ReasonCodes.All.Select(code => code.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_figures_of_the_risk_page_are_those_of_the_table()
    {
        var page = Page("risk.md");
        var (table, settings) = (RiskTable.Current, new RiskSettings());
        string[] rows =
        [
            $"| `classifier` | {Short(settings.ClassifierWeight)} |", $"| `baseline` | {Short(settings.BaselineWeight)} |", $"| `correlation` | {Short(settings.CorrelationWeight)} |",
            $"| `threat_intel` | {Short(settings.ThreatIntelWeight)} |", $"| `intent` | {Short(settings.IntentWeight)} |",
            $"| MEDIUM | {Short(settings.MediumFrom, ".00")} |", $"| HIGH | {Short(settings.HighFrom)} |", $"| CRITICAL | {Short(settings.CriticalFrom)} |",
            .. Severities().Select(row => $"| {row.Word} | {Full(row.Severity)} |"),
            $"LOW {Full(table.Certainty(Confidence.Low))}, MEDIUM {Full(table.Certainty(Confidence.Medium))}, HIGH {Full(table.Certainty(Confidence.High))}",
            $"external {Full(table.External)}, internal {Full(table.Internal)}",
            $"| new destination (also during warm-up) | {Full(table.Baseline.NewDestination)} |", $"| new operation | {Full(table.Baseline.NewOperation)} |",
            $"| {Full(table.Baseline.UnusualHour)} |", $"three deviations out | {Full(table.Baseline.UnusualSize)} |", $"normal ten minutes | {Full(table.Baseline.VolumeBurst)} |",
            $"`baseline` after {table.Baseline.WarmUpScans} scans",
            $"to an external host | {Full(table.Correlation.ReadThenWrite)}, or", $"within {table.Correlation.IamWindowSeconds} s gets rights | {Full(table.Correlation.IamCreateThenAttach)} |",
            $"| {table.Correlation.MutationsPerMinute} mutations of one tool within a minute | {Full(table.Correlation.Mutations)} |",
            $"| {table.Correlation.CredentialsInSession} different credentials in one session of 30 minutes | {Full(table.Correlation.SeveralCredentials)} |",
            $"| threat-intel match | {Full(table.Floors.ThreatIntel)} |", $"severity {Full(table.Floors.LiveSecretSeverity)} and more) to an external host | {Full(table.Floors.LiveSecretExternal)} |",
            $"| destructive operation | {Full(table.Floors.Destructive)} |", $"than can be read | {Full(table.Floors.DecodeLimit)} |", $"and more | {Full(table.Floors.ReadThenWrite)} |",
            $"mentioned scores {Full(table.MentionedVulnerability)} and",
            $"−{Math.Abs(table.TrustAtFull).ToString("0.00", CultureInfo.InvariantCulture)} at trust 1 to +{table.TrustAtNone.ToString("0.00", CultureInfo.InvariantCulture)} at trust 0",
            $"| DENY | −{Short(-Trust.Denied)} |", $"| CRITICAL | −{Short(-Trust.Critical)} |", $"| threat-intel match | −{Short(-Trust.Threat)} |",
            $"| a reviewer's denial | −{Short(-Trust.ReviewerDenied)} |", $"| {Trust.CleanScansForCredit} clean scans (allowed, LOW, nothing found) | +{Short(Trust.Credit)} |",
            $"| each day | +{Short(Trust.DriftPerDay)} |", $"Below {RiskBands.ScrutinyBelow.ToString(".0", CultureInfo.InvariantCulture)} an agent",
        ];
        Assert.All(rows, row => Assert.True(page.Contains(row, StringComparison.Ordinal), $"docs/risk.md does not say `{row}`"));
    }

    static IEnumerable<(string Word, double Severity)> Severities() =>
        Enum.GetValues<DataClasses>().Where(one => one != DataClasses.None).Select(one => (one.EachWord().Single(), RiskTable.Current.Severity(new("x", one, 0))));

    static string Full(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    static string Short(double value, string format = ".00") => value.ToString(format, CultureInfo.InvariantCulture);
}
