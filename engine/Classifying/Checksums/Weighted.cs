namespace Interven.Engine.Classifying.Checksums;

/// <summary>Sums of digits times weights: what most national numbers are checked by.</summary>
static class Weighted
{
    /// <summary>Σ digitᵢ·weightᵢ over as many digits as there are weights.</summary>
    public static int Sum(ReadOnlySpan<char> digits, ReadOnlySpan<sbyte> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10: German tax and identity numbers.</summary>
    public static bool IsMod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits[^1] - '0';
    }

    /// <summary>Remainder of a decimal number of any length.</summary>
    public static int Remainder(ReadOnlySpan<char> digits, int divisor)
    {
        var rest = 0L;
        foreach (var digit in digits)
            rest = (rest * 10 + digit - '0') % divisor;
        return (int)rest;
    }

    public static bool AllSame(ReadOnlySpan<char> digits) => digits.IndexOfAnyExcept(digits[0]) < 0;
}
