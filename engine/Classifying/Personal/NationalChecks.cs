using Interven.Engine.Classifying.Checksums;

namespace Interven.Engine.Classifying.Personal;

/// <summary>Check digits and ranges of national numbers, each as its authority publishes it. All take ASCII digits of the right length.</summary>
static class NationalChecks
{
    /// <summary>NHS Data Dictionary: weights 10 to 2, modulus 11.</summary>
    public static bool Nhs(ReadOnlySpan<char> d)
    {
        var check = 11 - Weighted.Sum(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        return (check == 11 ? 0 : check) == d[9] - '0';
    }

    /// <summary>HMRC: the first digit checks the nine after it.</summary>
    public static bool Utr(ReadOnlySpan<char> d) => "21987654321"[Weighted.Sum(d[1..], [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] == d[0];

    public static bool Sin(ReadOnlySpan<char> d) => d[0] is not ('0' or '8') && Luhn.IsValid(d);

    public static bool Tfn(ReadOnlySpan<char> d) => Weighted.Sum(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0;

    /// <summary>ABN: one is taken off the first digit, the weighted sum is a multiple of 89.</summary>
    public static bool Abn(ReadOnlySpan<char> d) => (Weighted.Sum(d, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0 && d[0] != '0';

    public static bool Medicare(ReadOnlySpan<char> d) =>
        d[0] is >= '2' and <= '6' && d[9] != '0' && Weighted.Sum(d, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == d[8] - '0';

    public static bool Aadhaar(ReadOnlySpan<char> d) => d[0] >= '2' && Verhoeff.IsValid(d) && !IsPalindrome(d);

    /// <summary>German tax id: no leading zero, one digit two or three times among the first ten, MOD 11,10.</summary>
    public static bool GermanTaxId(ReadOnlySpan<char> d)
    {
        if (d[0] == '0' || !Weighted.IsMod11And10(d))
            return false;
        Span<byte> times = stackalloc byte[10];
        times.Clear();
        foreach (var digit in d[..10])
            times[digit - '0']++;
        var most = 0;
        foreach (var count in times)
            most = Math.Max(most, count);
        return most <= 3;
    }

    /// <summary>French NIR of a person born on the mainland or overseas: the last two digits are 97 less the remainder.</summary>
    public static bool Insee(ReadOnlySpan<char> d) =>
        d[0] is '1' or '2' or '7' or '8' && Month(d[3..5]) is >= 1 and <= 12 or >= 20 and <= 42 && 97 - Weighted.Remainder(d[..13], 97) == Month(d[13..]);

    public static bool Pesel(ReadOnlySpan<char> d) =>
        (10 - Weighted.Sum(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == d[10] - '0' && Month(d[2..4]) % 20 is >= 1 and <= 12 && IsDay(d[4..6]);

    /// <summary>The Dutch eleven test: the last weight is minus one.</summary>
    public static bool Bsn(ReadOnlySpan<char> d) => Weighted.Sum(d, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0;

    /// <summary>Day up to 31, or 61 to 91 for coordination numbers; Luhn over the last ten digits.</summary>
    public static bool Personnummer(ReadOnlySpan<char> d)
    {
        var ten = d[^10..];
        var day = Month(ten[4..6]);
        return Month(ten[2..4]) is >= 1 and <= 12 && day is >= 1 and <= 31 or >= 61 and <= 91 && Luhn.IsValid(ten)
            && (d.Length == 10 || d[0] is '1' && d[1] is '8' or '9' || d[..2] is "20");
    }

    public static bool Cpf(ReadOnlySpan<char> d) =>
        Mod11(Weighted.Sum(d, [10, 9, 8, 7, 6, 5, 4, 3, 2])) == d[9] - '0' && Mod11(Weighted.Sum(d, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])) == d[10] - '0';

    public static bool Cnpj(ReadOnlySpan<char> d) =>
        Mod11(Weighted.Sum(d, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) == d[12] - '0' && Mod11(Weighted.Sum(d, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) == d[13] - '0';

    /// <summary>Turkish identity number: the tenth digit checks odd and even places, the eleventh the sum of all.</summary>
    public static bool Turkish(ReadOnlySpan<char> d)
    {
        var odd = Weighted.Sum(d, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
        var even = Weighted.Sum(d, [0, 1, 0, 1, 0, 1, 0, 1, 0]);
        return d[0] != '0' && (odd * 7 - even + 100) % 10 == d[9] - '0' && (odd + even + d[9] - '0') % 10 == d[10] - '0';
    }

    public static bool Thai(ReadOnlySpan<char> d) =>
        d[0] != '0' && (11 - Weighted.Sum(d, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == d[12] - '0';

    /// <summary>Birth date, then citizenship 0 to 2, Luhn over all.</summary>
    public static bool SouthAfrican(ReadOnlySpan<char> d) => Month(d[2..4]) is >= 1 and <= 12 && IsDay(d[4..6]) && d[10] <= '2' && Luhn.IsValid(d);

    /// <summary>ABA: weights 3, 7, 1; the first two digits are a Federal Reserve district or a thrift, electronic or traveller's cheque range.</summary>
    public static bool Routing(ReadOnlySpan<char> d) =>
        Month(d[..2]) is >= 1 and <= 12 or >= 21 and <= 32 or >= 61 and <= 72 or 80 && Weighted.Sum(d, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0;

    static int Mod11(int sum) => sum % 11 < 2 ? 0 : 11 - sum % 11;

    static int Month(ReadOnlySpan<char> two) => (two[0] - '0') * 10 + two[1] - '0';

    static bool IsDay(ReadOnlySpan<char> two) => Month(two) is >= 1 and <= 31;

    static bool IsPalindrome(ReadOnlySpan<char> d)
    {
        for (var i = 0; i < d.Length / 2; i++)
            if (d[i] != d[^(i + 1)])
                return false;
        return true;
    }
}
