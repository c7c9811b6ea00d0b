using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Health;

/// <summary>US Medicare beneficiary identifier: eleven places, each with its own alphabet (CMS), often written 4-3-4.</summary>
static class MedicareBeneficiary
{
    /// <summary>9: 1–9, A: letter, X: letter or digit, 0: digit. S, L, O, I, B and Z are not used.</summary>
    const string Places = "9AX0AX0AA00";

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("us_mbi", new Trigger.Character('-'), Hyphenated),
        .. new Labelled(Kinds.UsMbi, Confidence.Medium,
            ["mbi", "medicare beneficiary", "medicare number", "medicare id", "medicare"], ["mbi", "mbinumber", "medicarebeneficiaryidentifier", "medicareid", "medicarenumber", "medicarebeneficiaryid"], LengthAt).Detectors(),
    ];

    /// <summary>The grouped form is so rare by chance that it counts alone.</summary>
    static void Hyphenated(in Probe probe)
    {
        var start = probe.At - 4;
        if (start >= 0 && Chars.At(probe.Text, probe.At + 4) == '-' && Chars.NumberStandsAlone(probe.Text, start, 13) && LengthAt(probe.Text, start) == 13)
            probe.Report(Kinds.UsMbi, Confidence.Medium, start, 13);
    }

    internal static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        var grouped = Chars.At(text, at + 4) == '-' && Chars.At(text, at + 8) == '-';
        var i = at;
        for (var place = 0; place < Places.Length; place++, i++)
        {
            if (grouped && place is 4 or 7)
                i++;
            var c = char.ToUpperInvariant(Chars.At(text, i));
            var isLetter = char.IsAsciiLetterUpper(c) && !"SLOIBZ".Contains(c);
            var fits = Places[place] switch { '9' => c is >= '1' and <= '9', '0' => char.IsAsciiDigit(c), 'A' => isLetter, _ => isLetter || char.IsAsciiDigit(c) };
            if (!fits)
                return 0;
        }
        return Chars.IsWord(Chars.At(text, i)) ? 0 : i - at;
    }
}
