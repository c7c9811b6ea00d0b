using Interven.Contracts;
using Interven.Engine.Classifying.Checksums;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>
/// National numbers that are all digits. Such a number counts where its check digits are right and a word near it names it; alone, one in ten numbers of the right length would pass.
/// </summary>
static class NationalNumbers
{
    const int Most = 15;

    static readonly NationalNumber[][] ByLength = NationalNumberTable.ByLength(Most);

    public static readonly Detector Detector = new("national_numbers", new Trigger.Digits(8, int.MaxValue), Inspect);

    static void Inspect(in Probe probe)
    {
        Span<char> digits = stackalloc char[Most];
        var pieces = new DigitPieces(probe);
        while (pieces.MoveNext())
        {
            var count = pieces.Digits(digits);
            if (count >= 8 && Chars.NumberStandsAlone(probe.Text, pieces.Start, pieces.Length))
                Judge(probe, pieces.Start, pieces.Length, digits[..count]);
        }
    }

    static void Judge(in Probe probe, int start, int length, ReadOnlySpan<char> digits)
    {
        if (digits.IndexOfAnyExcept(digits[0]) < 0)
            return;
        foreach (var row in ByLength[digits.Length])
        {
            if (!row.IsValid(digits))
                continue;
            var formatted = row.Mask is not null && Fits(probe.Text.Slice(start, length), row.Mask);
            if (formatted || Surroundings.Mention(probe, start, length, row.Words))
            {
                probe.Report(row.Kind, Confidence.High, start, length);
                return;
            }
        }
    }

    /// <summary>True where the number is written with the signs that only this kind has; <c>9</c> stands for a digit.</summary>
    static bool Fits(ReadOnlySpan<char> text, string mask)
    {
        if (text.Length != mask.Length)
            return false;
        for (var i = 0; i < mask.Length; i++)
            if (mask[i] == '9' ? !char.IsAsciiDigit(text[i]) : text[i] != mask[i])
                return false;
        return true;
    }
}

/// <summary>One row of the table of national numbers.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lengths">Numbers of digits it may have.</param>
/// <param name="IsValid">Its check digits and ranges.</param>
/// <param name="Words">Words that name it.</param>
/// <param name="Mask">A way of writing it that is its own (<c>999.999.999-99</c>) and needs no word; null for none.</param>
sealed record NationalNumber(DataKind Kind, int[] Lengths, DigitCheck IsValid, WordSet Words, string? Mask = null);
