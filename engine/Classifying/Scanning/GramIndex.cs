using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Interven.Engine.Reading;

namespace Interven.Engine.Classifying.Scanning;

/// <summary>
/// Finds all keywords of all detectors in one pass: each position's caseless 3-gram is hashed to 16 bits and looked up in an 8 KB bitmap that stays in the first-level cache;
/// only where a bit is set are the keywords behind it compared.
/// </summary>
sealed unsafe class GramIndex
{
    readonly uint[] bitmap = GC.AllocateArray<uint>(Grams.Count / 32, pinned: true);
    readonly uint* bits;
    readonly ushort[] bucketOf = new ushort[Grams.Count];
    readonly Keyword[][] buckets;

    /// <param name="detectors">Literal by literal, who wants to know of it.</param>
    public GramIndex(IReadOnlyDictionary<string, Detector[]> detectors)
    {
        bits = (uint*)Unsafe.AsPointer(ref bitmap[0]);
        var groups = detectors.Select(pair => new Keyword(pair.Key, Grams.RarestIn(pair.Key), pair.Value))
            .GroupBy(keyword => Grams.Hash(keyword.Literal, keyword.GramAt)).ToArray();
        buckets = [[], .. groups.Select(group => group.ToArray())];
        for (var bucket = 1; bucket < buckets.Length; bucket++)
        {
            var gram = groups[bucket - 1].Key;
            bucketOf[gram] = (ushort)bucket;
            bitmap[gram >> 5] |= 1u << (gram & 31);
        }
    }

    /// <summary>A keyword, lower-case, and where in it the gram stands that it is found by.</summary>
    readonly record struct Keyword(string Literal, int GramAt, Detector[] Detectors);

    /// <summary>Calls the detectors of every keyword in <paramref name="span"/>; they see <paramref name="segment"/> of <paramref name="text"/>.</summary>
    /// <returns>How many places were compared: the work beyond the linear pass.</returns>
    public int Scan(ReadOnlySpan<char> span, ScanText text, int segment, FindingList findings)
    {
        var compared = 0;
        var last = span.Length - Grams.Length;
        var at = 0;
        if (Avx2.IsSupported)
            fixed (char* start = span)
                for (; at + 15 <= last; at += 16)
                    for (var hits = HitsAmongSixteen((ushort*)start + at); hits != 0; hits &= hits - 1)
                        compared += Compare(at + System.Numerics.BitOperations.TrailingZeroCount(hits), span, text, segment, findings);
        for (; at <= last; at++)
        {
            var gram = Grams.Hash(span, at);
            if ((bits[gram >> 5] >> (gram & 31) & 1) != 0)
                compared += Compare(at, span, text, segment, findings);
        }
        return compared;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    uint HitsAmongSixteen(ushort* at)
    {
        var fold = Vector256.Create((ushort)0x20);
        var hash = (Vector256.Load(at) | fold) * Vector256.Create(Grams.First)
            + (Vector256.Load(at + 1) | fold) * Vector256.Create(Grams.Second)
            + (Vector256.Load(at + 2) | fold) * Vector256.Create(Grams.Third);
        var (low, high) = Vector256.Widen(hash);
        return Hits(low) | Hits(high) << 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    uint Hits(Vector256<uint> grams)
    {
        var words = Avx2.GatherVector256(bits, (grams >> 5).AsInt32(), 4);
        return (Avx2.ShiftRightLogicalVariable(words, grams & Vector256.Create(31u)) << 31).ExtractMostSignificantBits();
    }

    int Compare(int at, ReadOnlySpan<char> span, ScanText text, int segment, FindingList findings)
    {
        var keywords = buckets[bucketOf[Grams.Hash(span, at)]];
        foreach (ref readonly var keyword in keywords.AsSpan())
        {
            var start = at - keyword.GramAt;
            var length = keyword.Literal.Length;
            if (start < 0 || start + length > span.Length || !Ascii.EqualsIgnoreCase(span.Slice(start, length), keyword.Literal))
                continue;
            foreach (var detector in keyword.Detectors)
                detector.Inspect(new Probe(text, segment, start, length, findings));
        }
        return keywords.Length;
    }
}
