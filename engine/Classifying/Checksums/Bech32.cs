namespace Interven.Engine.Classifying.Checksums;

/// <summary>Bech32 and Bech32m (BIP 173, BIP 350) with the human-readable part <c>bc</c>.</summary>
static class Bech32
{
    const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    static ReadOnlySpan<uint> Generator => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>True for a segregated-witness address; <paramref name="text"/> is all lower or all upper case and begins with <c>bc1</c>.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        if (text.Length is < 14 or > 74 || !text.StartsWith("bc1", StringComparison.OrdinalIgnoreCase))
            return false;
        // The expanded human-readable part "bc": high bits, zero, low bits.
        var check = Step(Step(Step(Step(Step(1, 3), 3), 0), 2), 3);
        foreach (var symbol in text[3..])
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(symbol), StringComparison.Ordinal);
            if (value < 0)
                return false;
            check = Step(check, (uint)value);
        }
        return check is 1 or 0x2bc830a3;
    }

    static uint Step(uint check, uint value)
    {
        var top = check >> 25;
        check = (check & 0x1ffffff) << 5 ^ value;
        for (var i = 0; i < 5; i++)
            if ((top >> i & 1) != 0)
                check ^= Generator[i];
        return check;
    }
}
