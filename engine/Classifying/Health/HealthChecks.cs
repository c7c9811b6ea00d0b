using Interven.Engine.Classifying.Checksums;

namespace Interven.Engine.Classifying.Health;

/// <summary>Check digits of health care numbers.</summary>
static class HealthChecks
{
    /// <summary>German physician number (LANR): weights 4 and 9 in turn over six digits, the seventh makes the sum a multiple of ten.</summary>
    public static bool PhysicianNumber(ReadOnlySpan<char> d) => (10 - Weighted.Sum(d, [4, 9, 4, 9, 4, 9]) % 10) % 10 == d[6] - '0';

    /// <summary>German insured person's number (KVNR): the letter as two digits, weights 1 and 2, sums of digits, modulus 10.</summary>
    public static bool InsuredNumber(char letter, ReadOnlySpan<char> nine)
    {
        var place = char.ToUpperInvariant(letter) - 'A' + 1;
        var sum = place / 10 + Crossed(place % 10 * 2);
        for (var i = 0; i < 8; i++)
            sum += Crossed((nine[i] - '0') * ((i & 1) == 0 ? 1 : 2));
        return sum % 10 == nine[8] - '0';
    }

    /// <summary>DEA: first, third and fifth digit plus twice the others; the last digit of the sum is the seventh.</summary>
    public static bool Dea(ReadOnlySpan<char> seven) => Weighted.Sum(seven, [1, 2, 1, 2, 1, 2]) % 10 == seven[6] - '0';

    static int Crossed(int value) => value / 10 + value % 10;
}
