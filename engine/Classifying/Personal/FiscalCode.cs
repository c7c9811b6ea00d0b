namespace Interven.Engine.Classifying.Personal;

/// <summary>Italian codice fiscale (decree of 23 December 1976): places, and the check letter by odd and even values.</summary>
static class FiscalCode
{
    static ReadOnlySpan<byte> OddValues => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <param name="code">Sixteen upper-case letters and digits.</param>
    public static bool IsValid(ReadOnlySpan<char> code)
    {
        const string Shape = "AAAAAA99A99A999A";
        var sum = 0;
        for (var i = 0; i < 16; i++)
        {
            // Letters L to V replace digits where two people would have the same code.
            if (Shape[i] == 'A' ? !char.IsAsciiLetterUpper(code[i]) : !char.IsAsciiDigit(code[i]) && !"LMNPQRSTUV".Contains(code[i]))
                return false;
            if (i == 15)
                break;
            var value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += (i & 1) == 0 ? OddValues[value] : value;
        }
        return "ABCDEHLMPRST".Contains(code[8]) && code[15] - 'A' == sum % 26;
    }
}
