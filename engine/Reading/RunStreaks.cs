using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>
/// What a run looks like before it is decoded. ASCII bytes have their top bit clear, which shows in fixed bits of every group of four base64 characters, so a run that
/// holds no readable stretch in any of the four alignments (a word, a UUID, a hash, an image) is told by one pass.
/// </summary>
static class RunStreaks
{
    /// <summary>Characters in a row that must fit: 15 hold eleven readable bytes.</summary>
    const int Enough = 15;

    /// <summary>A stretch this long needs no rival.</summary>
    const int Plenty = 4_096;

    const ulong One = 0x0001_0001_0001_0001;

    /// <summary>A lane of 16 bits for each alignment; set where a lane has come to <see cref="Enough"/> and one.</summary>
    const ulong Reached = 0xFFF0_FFF0_FFF0_FFF0;

    static readonly ulong[] Fitting = Build();

    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>How many characters stand before the first group of four, for the alignment with the longest readable stretch; -1 for none.</summary>
    public static int PhaseOf(ReadOnlySpan<char> run)
    {
        var (streaks, place, best, phase) = (One, 0, Enough, -1);
        foreach (var c in run)
        {
            if (!Sextets.IsOne(c))
                continue;
            streaks = (streaks & Fitting[place << 7 | c]) + One;
            place = place + 1 & 3;
            if ((streaks & Reached) == 0)
                continue;
            for (var lane = 0; lane < 4; lane++)
                if ((int)(streaks >> 16 * lane & 0xFFFF) is var length && length > best)
                    (best, phase) = (length, lane);
            if (best > Plenty)
                break;
        }
        return phase;
    }

    /// <summary>The longest stretch of hex digits in a run, cut to whole pairs, if readable bytes show in it; a length of 0 otherwise.</summary>
    public static (int Start, int Length) HexIn(ReadOnlySpan<char> run)
    {
        var (start, length) = (0, EncodedRuns.Shortest - 1);
        for (var at = 0; at + length < run.Length;)
        {
            var hop = run[at..].IndexOfAnyExcept(Hex);
            var stretch = hop < 0 ? run.Length - at : hop;
            if (stretch > length)
                (start, length) = (at, stretch);
            at += stretch + 1;
        }
        if (length < EncodedRuns.Shortest)
            return default;
        var odd = HexPhase(run.Slice(start, length));
        return odd < 0 ? default : (start + odd, length - odd & ~1);
    }

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

    /// <summary>For each place in a group of four and each character: the lanes whose alignment it suits.</summary>
    static ulong[] Build()
    {
        var fitting = new ulong[4 * 128];
        for (var place = 0; place < 4; place++)
            for (var c = '\0'; c < 128; c++)
                for (var lane = 0; lane < 4; lane++)
                    if (Sextets.Of(c) is >= 0 and var sextet && Fits(sextet, place - lane & 3))
                        fitting[place << 7 | c] |= 0xFFFFUL << 16 * lane;
        return fitting;
    }

    static bool Fits(int sextet, int place) => place switch
    {
        0 => sextet < 32,
        1 => (sextet & 8) == 0,
        2 => (sextet & 2) == 0,
        _ => true,
    };
}
