using System.Runtime.CompilerServices;

namespace Interven.Engine.Classifying.Scanning;

/// <summary>Three characters, ignoring ASCII case, as a 16-bit hash.</summary>
static class Grams
{
    public const int Length = 3;
    public const int Count = 1 << 16;

    // Odd multipliers: each position spreads over all 16 bits, and sixteen lanes are hashed by three multiplications.
    public const ushort First = 0x9E37;
    public const ushort Second = 0x3C6F;
    public const ushort Third = 0x0149;

    /// <summary>Letters by how common they are in English (per mille); what stands in no list is rare.</summary>
    const string CommonFirst = "etaoinshrdlcumwfgypb";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(ReadOnlySpan<char> text, int at) =>
        (ushort)((text[at] | 0x20) * First + (text[at + 1] | 0x20) * Second + (text[at + 2] | 0x20) * Third);

    /// <summary>Where the gram of <paramref name="literal"/> stands that ordinary text is least likely to hold.</summary>
    public static int RarestIn(string literal)
    {
        if (literal.Length < Length || !System.Text.Ascii.IsValid(literal))
            throw new ArgumentException($"The keyword `{literal}` is no ASCII text of {Length} characters or more.", nameof(literal));
        var best = 0;
        for (var at = 1; at <= literal.Length - Length; at++)
            if (Frequency(literal, at) < Frequency(literal, best))
                best = at;
        return best;
    }

    static int Frequency(string literal, int at) => Frequency(literal[at]) * Frequency(literal[at + 1]) * Frequency(literal[at + 2]);

    static int Frequency(char c)
    {
        var rank = CommonFirst.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
        return rank >= 0 ? 24 - rank : char.IsAsciiDigit(c) ? 6 : 3;
    }
}
