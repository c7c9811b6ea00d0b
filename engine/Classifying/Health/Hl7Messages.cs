using Interven.Contracts;

namespace Interven.Engine.Classifying.Health;

/// <summary>HL7 version 2 segments that carry a patient: identification, next of kin, insurance, diagnosis, observation.</summary>
static class Hl7Messages
{
    public static readonly Detector Detector = new("hl7_message",
        new Trigger.Keywords("PID|", "NK1|", "IN1|", "DG1|", "AL1|", "OBX|", "PV1|", "MRG|", "GT1|", "RXA|", "RXE|", "OBR|", "ORC|", "QPD|", "SPM|"), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var at = probe.At;
        // A segment begins a line, at least as escaped in a string, and has fields.
        if (at > 0 && text[at - 1] is not ('\r' or '\n' or '\v' or '\uFEFF') && !text[..at].EndsWith("\\r", StringComparison.Ordinal) && !text[..at].EndsWith("\\n", StringComparison.Ordinal))
            return;
        var rest = text[at..];
        var end = rest.IndexOfAny("\r\n\\");
        var segment = end < 0 ? rest : rest[..end];
        if (char.IsAsciiLetterLower(text[at]) || segment.Count('|') < 3 || !segment[4..].ContainsAnyInRange('0', 'z'))
            return;
        probe.Report(Kinds.Hl7Message, Confidence.High, at, segment.Length);
    }
}
