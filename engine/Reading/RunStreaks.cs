namespace Interven.Engine.Reading;

/// <summary>
/// What a run looks like before it is decoded. ASCII bytes have their top bit clear, which shows in fixed bits of every group of four base64 characters, so a run that
/// holds no readable stretch in any of the four alignments (a word, a UUID, a hash, an image) is told by one pass.
/// </summary>
/// <param name="Phase">How many characters stand before the first group of four, for the alignment with the longest readable stretch; -1 for none.</param>
/// <param name="HexStart">Start of the longest hex stretch that may hold text, or -1.</param>
/// <param name="HexLength">Its length, even.</param>
readonly record struct RunStreaks(int Phase, int HexStart, int HexLength)
{
    /// <summary>Characters in a row that must fit; four groups decode to twelve readable bytes.</summary>
    const int Enough = 15;

    const int EnoughHex = 16;

    public static RunStreaks Of(ReadOnlySpan<char> run)
    {
        Span<int> streak = stackalloc int[4];
        streak.Clear();
        var (best, phase, sextets) = (Enough - 1, -1, 0);
        var (hexStart, hexFrom, hexLength) = (-1, 0, EnoughHex - 1);
        for (var at = 0; at < run.Length; at++)
        {
            if (!char.IsAsciiHexDigit(run[at]))
                hexFrom = at + 1;
            else if (at + 1 - hexFrom > hexLength)
                (hexStart, hexLength) = (hexFrom, at + 1 - hexFrom);
            var value = Sextets.Of(run[at]);
            if (value < 0)
                continue;
            for (var one = 0; one < 4; one++)
            {
                streak[one] = Fits(value, sextets - one & 3) ? streak[one] + 1 : 0;
                if (streak[one] > best)
                    (best, phase) = (streak[one], one);
            }
            sextets++;
        }
        if (phase < 0 && Inflation.LooksCompressed(run))
            phase = 0;
        return hexStart >= 0 && HexPhase(run.Slice(hexStart, hexLength)) is >= 0 and var odd
            ? new(phase, hexStart + odd, hexLength - odd & ~1)
            : new(phase, -1, 0);
    }

    static bool Fits(int sextet, int place) => place switch
    {
        0 => sextet < 32,
        1 => (sextet & 8) == 0,
        2 => (sextet & 2) == 0,
        _ => true,
    };

    /// <summary>0 or 1: where pairs begin that are readable bytes, eight in a row; else -1.</summary>
    static int HexPhase(ReadOnlySpan<char> hex)
    {
        for (var phase = 0; phase < 2; phase++)
        {
            var pairs = 0;
            for (var at = phase; at + 1 < hex.Length; at += 2)
            {
                pairs = hex[at] is >= '2' and <= '7' || hex[at] == '0' && hex[at + 1] is '0' or '9' or 'a' or 'A' or 'd' or 'D' ? pairs + 1 : 0;
                if (pairs == 8)
                    return phase;
            }
        }
        return -1;
    }
}
