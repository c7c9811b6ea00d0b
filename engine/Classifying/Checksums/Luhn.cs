namespace Interven.Engine.Classifying.Checksums;

/// <summary>Mod-10 check of ISO/IEC 7812-1 annex B: cards, Canadian SIN, Swedish and French numbers, NPI.</summary>
static class Luhn
{
    /// <summary>True where the last of the ASCII <paramref name="digits"/> is the check digit of those before it.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits) => digits.Length > 1 && Sum(digits) % 10 == 0;

    /// <summary>NPI: the check runs over the issuer prefix 80840 and the ten digits; the prefix adds 24.</summary>
    public static bool IsValidNpi(ReadOnlySpan<char> digits) => digits.Length == 10 && digits[0] is '1' or '2' && (Sum(digits) + 24) % 10 == 0;

    static int Sum(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += (i & 1) == 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
        }
        return sum;
    }
}
