using System.Reflection;
using System.Text.Json;
using CsCheck;
using Interven.Engine.Classifying;
using Interven.Engine.Classifying.Health;
using Interven.Engine.Classifying.Internal;
using Interven.Engine.Classifying.Payment;
using Interven.Engine.Classifying.Personal;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying;

public class DetectorTests
{
    static readonly Detector[] All = [.. PersonalDetectors.All, .. PaymentDetectors.All, .. HealthDetectors.All, .. InternalDetectors.All(["Project Falcon", "Ünter uns"])];

    /// <summary>Pieces that come near to what detectors look for, so that random texts of them reach deep.</summary>
    static readonly string[] Pieces =
    [
        "4", "11", "123", "4111111111111111", "+", "(", ")", " ", "-", ".", "/", "@", ":", "::", "x", "A", "B1", "DE89", "GB29 NWBK", "cvv", "ssn", "phone", "call me on", "passport", "dob", "mrn", "icd-10", "MSH|^~\\&|",
        "\nPID|1|", "resourceType", "\"", "confidential", "do not share", "under nda", "[", "]", "\n", "bc1", "0x1", "1A1z", "2.16.840.1.113883", "<section>", "2001:db8::1", "10.0.0.1", "\u00e9", "\ud83d\ude00", "jan", "2024", "%B", "^", ";", "=", "this document is", "@x.com", "X1234567L", "",
    ];

    static readonly string[] Fields = ["text", "phone", "cvv", "dob", "resourceType", "classification", "address", "first_name", "to"];

    [Fact]
    public void No_text_makes_a_detector_throw_or_report_outside_the_text()
    {
        var texts = Gen.Int[0, Pieces.Length - 1].Array[0, 14].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])));
        Gen.Select(texts, Gen.Int[0, Fields.Length - 1]).Sample((text, pick) =>
        {
            var field = Fields[pick];
            using var read = new ScanText();
            var name = read.Write(field);
            read.Add(new(name, field.Length, TextOrigin.BodyKey, 1, TextLayer.Plain, -1, 0, 0, -1, 0));
            read.Add(new(read.Write(text), text.Length, TextOrigin.BodyValue, 1, TextLayer.Plain, -1, 0, 0, name, field.Length));
            var findings = new FindingList();
            EveryTrigger.Run(read, All, findings);
            foreach (var finding in findings.Items)
                Assert.True(finding.Start >= 0 && finding.Length > 0 && finding.End <= read.Segments[finding.Segment].Length, $"{finding} in `{text}`");
        });
    }

    [Fact]
    public void Every_kind_that_these_detectors_report_has_its_case_file()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "cases", "classify"), "*.yaml", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var kinds = typeof(Kinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DataKind>()
            .Where(kind => (kind.Classes & Interven.Contracts.DataClasses.Secrets) == 0 && kind != Kinds.TenantMarker);
        Assert.Equal([], kinds.Select(kind => kind.Name.Replace('_', '-')).Where(name => !files.Contains(name)));
    }

    [Theory]
    [InlineData("about Project Falcon today", true)]
    [InlineData("PROJECT FALCON", true)]
    [InlineData("project-falcon", false)]
    [InlineData("subproject falcon", false)]
    [InlineData("project falcons", false)]
    [InlineData("das bleibt ünter uns!", true)]
    [InlineData("das bleibt Ünter unserem Dach", false)]
    public void A_tenants_own_marker_counts_wherever_it_stands_as_whole_words(string text, bool found)
    {
        var findings = EveryTrigger.FindIn(JsonSerializer.Serialize(new { note = text }), InternalDetectors.All(["Project Falcon", "Ünter uns"]));
        Assert.Equal(found, findings.Items.ToArray().Any(finding => finding.Kind == Kinds.TenantMarker));
    }

    [Fact]
    public void A_long_run_of_digits_costs_linear_time()
    {
        // Ten times the text may take about ten times the calls: the count of findings stands in for time.
        var once = EveryTrigger.FindIn(JsonSerializer.Serialize(new { text = string.Concat(Enumerable.Repeat("4111 1111 1111 1111 ", 50)) }), PaymentDetectors.All).Count;
        var often = EveryTrigger.FindIn(JsonSerializer.Serialize(new { text = string.Concat(Enumerable.Repeat("4111 1111 1111 1111 ", 500)) }), PaymentDetectors.All).Count;
        Assert.Equal((50, 500), (once, often));
    }
}
