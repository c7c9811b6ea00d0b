using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Health;

/// <summary>German insured person's number: a letter and nine digits, the last a check digit.</summary>
static class InsuredNumber
{
    static readonly WordSet Words = new("kvnr", "krankenkasse", "versichertennummer", "krankenversicherung", "versicherten-nr", "gesundheitskarte", "egk", "versicherung");

    public static readonly Detector Detector = new("de_insured_number", new Trigger.Digits(9, 9), Inspect);

    static void Inspect(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At - 1;
        if (start < 0 || probe.Length != 9 || !char.IsAsciiLetter(text[start]) || !Chars.NumberStandsAlone(text, start, 10) || !HealthChecks.InsuredNumber(text[start], text.Slice(probe.At, 9)))
            return;
        var sure = Surroundings.Mention(probe, start, 10, Words);
        var alone = start == 0 && text.Length == 10 && char.IsAsciiLetterUpper(text[0]) && Surroundings.FieldSaysNothing(probe);
        probe.Report(Kinds.HealthInsuranceId, sure ? Confidence.High : alone ? Confidence.Medium : Confidence.Low, start, 10);
    }
}
