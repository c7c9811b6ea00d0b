using Interven.Contracts;
using Interven.Engine.Classifying;

namespace Interven.Engine.Risk;

/// <summary>Classes × severity × confidence, less where the data stays inside.</summary>
static class ClassifierEngine
{
    static readonly (DataClasses Class, string Reason)[] Codes =
    [
        (DataClasses.Secrets, ReasonCodes.SecretDetected), (DataClasses.Pci, ReasonCodes.PciDetected), (DataClasses.Phi, ReasonCodes.PhiDetected),
        (DataClasses.Pii, ReasonCodes.PiiDetected), (DataClasses.Internal, ReasonCodes.InternalContent),
    ];

    public static Assessment Judge(FindingList findings, bool external)
    {
        if (findings.Count == 0)
            return Assessment.Quiet(Signal.Classifier);
        var table = RiskTable.Current;
        var worst = new Dictionary<DataKind, double>();
        var floor = 0d;
        foreach (ref readonly var finding in findings.Items)
        {
            var severity = table.Severity(finding.Kind);
            worst[finding.Kind] = Math.Max(worst.GetValueOrDefault(finding.Kind), severity * table.Certainty(finding.Confidence));
            if (external && finding.Confidence == Confidence.High && (finding.Kind.Classes & DataClasses.Secrets) != 0 && severity >= table.Floors.LiveSecretSeverity)
                floor = table.Floors.LiveSecretExternal;
        }
        // Floating sums depend on their order; the kinds of a body are joined by size, so that two spellings of a call score alike.
        var score = worst.Values.Order().Aggregate(0d, Odds.Either) * (external ? table.External : table.Internal);
        var classes = findings.Classes;
        return new(new(Signal.Classifier, score, Details(classes, worst.Count, external)), true, floor, Reasons(classes));
    }

    public static IReadOnlyList<string> Reasons(DataClasses classes) =>
        classes == DataClasses.None ? [] : [.. Codes.Where(code => (classes & code.Class) != 0).Select(code => code.Reason)];

    static List<Detail> Details(DataClasses classes, int kinds, bool external)
    {
        List<Detail> details = [new("kinds", Figure: kinds), new("destination", external ? "external" : "internal")];
        if (classes != DataClasses.None)
            details.Add(new("classes", string.Join(',', classes.EachWord())));
        return details;
    }
}
