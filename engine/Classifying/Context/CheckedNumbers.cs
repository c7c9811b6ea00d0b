using Interven.Contracts;

namespace Interven.Engine.Classifying.Context;

/// <summary>
/// Finds the numbers of a table: the check digits are right and a word near the number names it. The check alone would let one in ten numbers of the right length pass.
/// </summary>
sealed class CheckedNumbers
{
    const int Fewest = 8;
    const int Most = 15;

    readonly CheckedNumber[][] byLength;

    public CheckedNumbers(string name, IReadOnlyList<CheckedNumber> rows)
    {
        byLength = [.. Enumerable.Range(0, Most + 1).Select(length => rows.Where(row => row.Lengths.Contains(length)).ToArray())];
        Detector = new(name, new Trigger.Digits(Fewest, int.MaxValue), Inspect);
    }

    public Detector Detector { get; }

    void Inspect(in Probe probe)
    {
        Span<char> digits = stackalloc char[Most];
        var pieces = new DigitPieces(probe);
        while (pieces.MoveNext())
        {
            var count = pieces.Digits(digits);
            if (count >= Fewest && Chars.NumberStandsAlone(probe.Text, pieces.Start, pieces.Length))
                Judge(probe, pieces.Start, pieces.Length, digits[..count]);
        }
    }

    void Judge(in Probe probe, int start, int length, ReadOnlySpan<char> digits)
    {
        if (digits.IndexOfAnyExcept(digits[0]) < 0)
            return;
        foreach (var row in byLength[digits.Length])
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
