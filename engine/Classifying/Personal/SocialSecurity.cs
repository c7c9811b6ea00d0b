using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>US social security and individual taxpayer numbers, by the ranges that the SSA and the IRS give out.</summary>
static class SocialSecurity
{
    static readonly WordSet Words = new(
        "ssn", "ssns", "social security", "socialsecurity", "socialsecuritynumber", "ssnumber", "ss number", "ss", "itin", "taxpayer", "tax id", "taxid", "tin", "social insurance", "ssn4", "social");

    public static readonly Detector Detector = new("us_ssn", new Trigger.Digits(9, int.MaxValue), Inspect);

    static void Inspect(in Probe probe)
    {
        Span<char> digits = stackalloc char[9];
        var pieces = new DigitPieces(probe);
        while (pieces.MoveNext())
            if (pieces.Digits(digits) == 9 && Kind(digits) is { } kind && Chars.NumberStandsAlone(probe.Text, pieces.Start, pieces.Length))
            {
                var grouped = IsGrouped(pieces.Text);
                if (!grouped && pieces.Length != 9)
                    continue;
                var isSample = digits.SequenceEqual("123456789");
                var sure = grouped && !isSample || Surroundings.Mention(probe, pieces.Start, pieces.Length, Words);
                if (isSample && !(sure && grouped))
                    continue;
                probe.Report(kind, sure ? Confidence.Medium : Confidence.Low, pieces.Start, pieces.Length);
                return;
            }
    }

    /// <summary>3-2-4 with the same sign twice. With a slash it is no way to write one.</summary>
    static bool IsGrouped(ReadOnlySpan<char> text) => text.Length == 11 && text[3] == text[6] && text[3] is '-' or ' ' or '.';

    static DataKind? Kind(ReadOnlySpan<char> digits)
    {
        var (area, group) = ((digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0', (digits[3] - '0') * 10 + digits[4] - '0');
        if (group == 0 || digits[5..].SequenceEqual("0000") || digits.IndexOfAnyExcept(digits[0]) < 0)
            return null;
        if (area >= 900)
            return group is >= 50 and <= 65 or >= 70 and <= 88 or >= 90 and <= 92 or >= 94 ? Kinds.UsItin : null;
        return area is 0 or 666 ? null : Kinds.UsSsn;
    }
}
