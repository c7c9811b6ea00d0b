namespace Interven.Engine.Classifying.Personal;

/// <summary>Italian codice fiscale (decree of 23 December 1976): sixteen places, the last a check letter by odd and even values.</summary>
static class FiscalCode
{
    const string Places = "AAAAAA99A99A999A";

    static ReadOnlySpan<byte> OddValues => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>Letters and digits in their places, a letter of a month, a day of birth (40 more for women): too much for chance.</summary>
    /// <param name="code">Sixteen upper-case letters and digits.</param>
    public static bool HasShape(ReadOnlySpan<char> code)
    {
        // Letters of "LMNPQRSTUV" replace digits where two people would have the same code.
        for (var i = 0; i < 16; i++)
            if (Places[i] == 'A' ? !char.IsAsciiLetterUpper(code[i]) : !char.IsAsciiDigit(code[i]) && !"LMNPQRSTUV".Contains(code[i]))
                return false;
        return "ABCDEHLMPRST".Contains(code[8]) && (Digit(code[9]) * 10 + Digit(code[10])) % 40 is >= 1 and <= 31;
    }

    public static bool IsValid(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += (i & 1) == 0 ? OddValues[value] : value;
        }
        return HasShape(code) && code[15] - 'A' == sum % 26;
    }

    static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : "LMNPQRSTUV".IndexOf(c, StringComparison.Ordinal);
}
