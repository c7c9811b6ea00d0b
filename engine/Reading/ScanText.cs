using System.Buffers;
using Interven.Engine.Classifying;

namespace Interven.Engine.Reading;

/// <summary>
/// Everything of one call that is read for detection, plain and decoded, in one buffer with a table of segments over it.
/// Reusable: <see cref="Reset"/> empties it and keeps its buffers. Not safe for two threads at once.
/// </summary>
public sealed class ScanText : IDisposable
{
    readonly List<EmbeddedJson> embedded = [];
    readonly List<JsonTree> partial = [];
    readonly SegmentTrails trails = new();
    char[] chars;
    TextSegment[] segments;
    int charCount;
    int segmentCount;
    long decodableChars;
    int decodableSegments;
    int inflations;

    public ScanText(int expectedChars = 4096)
    {
        chars = ArrayPool<char>.Shared.Rent(expectedChars);
        segments = ArrayPool<TextSegment>.Shared.Rent(64);
    }

    public ReadOnlySpan<char> Chars => chars.AsSpan(0, charCount);

    public ReadOnlySpan<TextSegment> Segments => segments.AsSpan(0, segmentCount);

    /// <summary>True when decoding was cut short by its budget or by its depth: signal <c>DECODE_LIMIT</c>.</summary>
    public bool DecodeLimitReached { get; set; }

    /// <summary>Strings of the body that hold JSON, outermost first. They live until <see cref="Reset"/> or <see cref="Dispose"/>.</summary>
    public IReadOnlyList<EmbeddedJson> Embedded => embedded;

    public ReadOnlySpan<char> TextOf(int segment) => chars.AsSpan(segments[segment].Start, segments[segment].Length);

    public ReadOnlySpan<char> FieldOf(int segment) =>
        segments[segment].FieldStart < 0 ? [] : chars.AsSpan(segments[segment].FieldStart, segments[segment].FieldLength);

    /// <summary>
    /// Follows a span of a segment out through all its carriers. Where a layer keeps its characters apart (folding, escapes, percent signs, nested JSON) the
    /// place is exact; behind base64, hex and compression it is the whole encoded run.
    /// </summary>
    public TextPlace MapToOutermost(int segment, int start, int length)
    {
        var end = Math.Min(start + length, segments[segment].Length);
        while (segments[segment].Carrier >= 0)
        {
            (start, end) = MapOut(segment, start, end);
            segment = segments[segment].Carrier;
        }
        ref readonly var root = ref segments[segment];
        (start, end) = SurrogatePairs.Widen(TextOf(segment), start, end);
        return new(segment, root.Origin, root.Node, start, end - start);
    }

    /// <summary>The place of a finding: <see cref="MapToOutermost(int, int, int)"/>.</summary>
    public TextPlace MapToOutermost(in Finding finding) => MapToOutermost(finding.Segment, finding.Start, finding.Length);

    /// <summary>Appends text and returns where it starts.</summary>
    public int Write(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(chars.AsSpan(charCount));
        charCount += text.Length;
        return charCount - text.Length;
    }

    public int Add(in TextSegment segment)
    {
        if (segmentCount == segments.Length)
            Grow(ref segments, segmentCount, 1);
        segments[segmentCount] = segment;
        return segmentCount++;
    }

    /// <summary>Empties the text for the next call and gives back what nested documents hold.</summary>
    public void Reset()
    {
        foreach (var one in embedded)
            one.Tree.Dispose();
        embedded.Clear();
        foreach (var tree in partial)
            tree.Dispose();
        partial.Clear();
        trails.Clear();
        (charCount, segmentCount, DecodeLimitReached) = (0, 0, false);
    }

    public void Dispose()
    {
        if (chars.Length == 0)
            return;
        Reset();
        ArrayPool<char>.Shared.Return(chars);
        ArrayPool<TextSegment>.Shared.Return(segments);
        (chars, segments) = ([], []);
    }

    /// <summary>Sets what decoding may add to the plain text that stands here now.</summary>
    internal void OpenBudget()
    {
        decodableChars = 4L * charCount + 65_536;
        decodableSegments = segmentCount + charCount / 2 + 4_096;
        inflations = 16;
    }

    /// <summary>Takes <paramref name="decoded"/> characters off the budget; false, and the limit noted, where it does not suffice.</summary>
    internal bool Afford(int decoded)
    {
        if (decoded <= decodableChars && segmentCount < decodableSegments)
        {
            decodableChars -= decoded;
            return true;
        }
        DecodeLimitReached = true;
        return false;
    }

    /// <summary>Most characters that may still be decoded.</summary>
    internal int Affordable => (int)Math.Min(decodableChars, int.MaxValue);

    /// <summary>Takes one attempt at decompression off the budget: a failed one costs an exception.</summary>
    internal bool AffordInflation()
    {
        DecodeLimitReached |= inflations == 0;
        return inflations > 0 && inflations-- > 0;
    }

    internal SegmentTrails Trails => trails;

    /// <summary>The buffer itself. Appending may replace it, so it must be asked for again afterwards.</summary>
    internal char[] Buffer => chars;

    internal void Append(char c)
    {
        if (charCount == chars.Length)
            Grow(ref chars, charCount, 1);
        chars[charCount++] = c;
    }

    /// <summary>Appends a stretch of this very buffer.</summary>
    internal void AppendFrom(int start, int length)
    {
        Reserve(length);
        chars.AsSpan(start, length).CopyTo(chars.AsSpan(charCount));
        charCount += length;
    }

    internal void CutBack(int length) => charCount = length;

    /// <summary>Holds a nested document until the reset; <paramref name="asValue"/> where path conditions may look into it.</summary>
    internal void Keep(EmbeddedJson document, bool asValue)
    {
        if (asValue)
            embedded.Add(document);
        else
            partial.Add(document.Tree);
    }

    internal (int Start, int End) MapOut(int segment, int start, int end)
    {
        ref readonly var inner = ref segments[segment];
        if (!trails.IsExact(segment))
            return (inner.RunStart, inner.RunStart + inner.RunLength);
        var pieces = trails.PiecesOf(segment);
        var from = TextPiece.MapStart(pieces, inner.RunStart, start);
        return (from, Math.Max(from, TextPiece.MapEnd(pieces, inner.RunStart, end)));
    }

    void Reserve(int more)
    {
        if (charCount + more > chars.Length)
            Grow(ref chars, charCount, more);
    }

    static void Grow<T>(ref T[] buffer, int used, int more)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(buffer.Length * 2, used + more));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(buffer);
        buffer = larger;
    }
}
