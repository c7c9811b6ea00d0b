namespace Interven.Contracts;

/// <summary>CRC-32 (ISO 3309, reflected polynomial EDB88320) of ASCII text, written in base62 (0-9, A-Z, a-z), padded to six characters: the checksum that ends GitHub's, npm's and Interven's own tokens.</summary>
public static class Crc32Base62
{
    public const int Length = 6;
    const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static readonly uint[] Table = BuildTable();

    public static uint Crc(ReadOnlySpan<char> ascii, uint before = 0)
    {
        var crc = ~before;
        foreach (var c in ascii)
            crc = crc >> 8 ^ Table[(crc ^ c) & 0xFF];
        return ~crc;
    }

    /// <summary>Writes <paramref name="crc"/> into <paramref name="into"/>, which has <see cref="Length"/> characters.</summary>
    public static void Write(uint crc, Span<char> into)
    {
        for (var at = Length - 1; at >= 0; at--, crc /= 62)
            into[at] = Digits[(int)(crc % 62)];
    }

    /// <summary>True where <paramref name="checksum"/> is that of <paramref name="crc"/>.</summary>
    public static bool Matches(uint crc, ReadOnlySpan<char> checksum)
    {
        Span<char> wanted = stackalloc char[Length];
        Write(crc, wanted);
        return checksum.SequenceEqual(wanted);
    }

    static uint[] BuildTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            table[n] = crc;
        }
        return table;
    }
}
