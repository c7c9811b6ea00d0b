using Interven.Contracts;
using Interven.Engine.Classifying.Context;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Health;

/// <summary>FHIR resources that speak of a patient, as a body or as JSON text inside a string. Devices, organisations and definitions do not.</summary>
static class FhirResources
{
    sealed class Types
    {
        public string[] Patient { get; set; } = [];
        public string[] Referring { get; set; } = [];
    }

    static readonly Types Table = Tables.Read<Types>("Classifying/Health/fhir-resources.yaml");
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Always = Table.Patient.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Referring = Table.Referring.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Fields whose values tell who the patient is or what ails them: redacted with the resource.</summary>
    static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Telling = new HashSet<string>(StringComparer.Ordinal)
    {
        "family", "given", "birthDate", "deceasedDateTime", "value", "line", "city", "postalCode", "display", "text", "div", "reference", "code", "valueString", "conclusion", "description",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("fhir_resource", new Trigger.FieldName("resourcetype"), InField),
        new("fhir_text", new Trigger.Keywords("resourceType"), InText),
    ];

    static void InField(in Probe probe)
    {
        if (!Always.Contains(probe.Text) && !(Referring.Contains(probe.Text) && RefersToPatient(probe)))
            return;
        probe.Report(Kinds.FhirResource, Confidence.High, 0, probe.Text.Length);
        // Each resource ends where the next begins, so that a bundle is walked once.
        for (var i = probe.Segment + 1; i < probe.Document.Segments.Length && !IsResourceType(probe.Document, i); i++)
            if (probe.Document.Segments[i].Origin == TextOrigin.BodyValue && probe.Document.Segments[i].Length > 0 && Telling.Contains(probe.Document.FieldOf(i)))
                probe.Findings.Add(new(Kinds.FhirResource, Confidence.High, i, 0, probe.Document.Segments[i].Length));
    }

    static bool RefersToPatient(in Probe probe)
    {
        for (var i = probe.Segment + 1; i < probe.Document.Segments.Length && !IsResourceType(probe.Document, i); i++)
            if (probe.Document.TextOf(i).StartsWith("Patient/", StringComparison.Ordinal))
                return true;
        return false;
    }

    static bool IsResourceType(ScanText document, int segment) => document.TextOf(segment) is "resourceType";

    static void InText(in Probe probe)
    {
        var text = probe.Text;
        var at = probe.At + probe.Length;
        while (at < text.Length && at - probe.At < 24 && text[at] is '"' or '\'' or ':' or ' ' or '\\')
            at++;
        var length = Chars.TokenLength(text, at, 40);
        if (at == probe.At + probe.Length || length == 0)
            return;
        var type = text.Slice(at, length);
        if (Always.Contains(type) || Referring.Contains(type) && text[at..Math.Min(text.Length, at + 2000)].Contains("\"Patient/", StringComparison.Ordinal))
            probe.Report(Kinds.FhirResource, Confidence.High, at, length);
    }
}
