namespace Interven.Engine.Classifying.Checksums;

/// <summary>Check digit over the dihedral group D5 (J. Verhoeff, 1969): Aadhaar.</summary>
static class Verhoeff
{
    static ReadOnlySpan<byte> Permutations =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        1, 5, 7, 6, 2, 8, 3, 0, 9, 4,
        5, 8, 0, 3, 7, 9, 6, 1, 4, 2,
        8, 9, 1, 6, 0, 4, 3, 5, 2, 7,
        9, 4, 5, 3, 1, 2, 6, 8, 7, 0,
        4, 2, 8, 6, 5, 7, 3, 9, 0, 1,
        2, 7, 9, 3, 8, 0, 6, 4, 1, 5,
        7, 0, 4, 6, 9, 1, 3, 2, 5, 8,
    ];

    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
            check = Multiply(check, Permutations[i % 8 * 10 + digits[^(i + 1)] - '0']);
        return check == 0 && digits.Length > 1;
    }

    /// <summary>Product in D5: 0 to 4 are rotations, 5 to 9 reflections.</summary>
    static int Multiply(int left, int right) => (left < 5, right < 5) switch
    {
        (true, true) => (left + right) % 5,
        (true, false) => 5 + (left + right) % 5,
        (false, true) => 5 + (left - right) % 5,
        (false, false) => (left - right + 5) % 5,
    };
}
