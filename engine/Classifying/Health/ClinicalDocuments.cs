using Interven.Contracts;

namespace Interven.Engine.Classifying.Health;

/// <summary>HL7 clinical documents (CDA, C-CDA) and their sections, by the identifiers of templates and code systems with CDA's own elements around.</summary>
static class ClinicalDocuments
{
    const int Window = 1200;

    static readonly string[] Elements =
        ["<section", "<entry", "<observation", "<act ", "<procedure", "<encounter", "<substanceAdministration", "<patient", "<recordTarget", "<ClinicalDocument", "<organizer", "<supply", "<component", "<templateId", "<code "];

    public static readonly Detector Detector = new("clinical_document", new Trigger.Keywords("2.16.840.1.113883", "codeSystem=", "urn:hl7-org:v3"), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var open = text[Math.Max(0, probe.At - Window)..probe.At].LastIndexOf('<');
        if (open < 0)
            return;
        open += Math.Max(0, probe.At - Window);
        var close = text[probe.At..Math.Min(text.Length, probe.At + Window)].IndexOf('>');
        if (close < 0 || text[open..probe.At].Contains('>'))
            return;
        if (IsClinical(text[Math.Max(0, probe.At - Window)..Math.Min(text.Length, probe.At + Window)]))
            probe.Report(Kinds.ClinicalDocument, Confidence.High, open, probe.At + close + 1 - open);
    }

    /// <summary>Two of CDA's elements: a value set's or a schema's mention of an identifier has none of them.</summary>
    static bool IsClinical(ReadOnlySpan<char> text)
    {
        var found = 0;
        foreach (var element in Elements)
            if (text.Contains(element, StringComparison.Ordinal) && ++found == 2)
                return true;
        return text.Contains("<ClinicalDocument", StringComparison.Ordinal);
    }
}
