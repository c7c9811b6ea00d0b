using System.Buffers;

namespace Interven.Engine.Reading;

/// <summary>Where a piece of text came from.</summary>
public enum TextOrigin : byte { BodyValue, BodyKey, Url, HeaderName, HeaderValue, Context }

/// <summary>By which decoding a piece of text was won from another one.</summary>
public enum TextLayer : byte { Plain, Folded, NestedJson, Form, Percent, Html, Base64, Hex, Escapes }

/// <summary>
/// One run of text that detectors look at: a string, key or number of the body, the URL, a header, or what decoding a part of one of these gave.
/// </summary>
/// <param name="Start">Start in <see cref="ScanText.Chars"/>.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Origin">Where the outermost carrier stands.</param>
/// <param name="Node">Body node that carries the text (values and keys), else -1. For decoded text: the node of the outermost carrier.</param>
/// <param name="Layer">How it was decoded; <see cref="TextLayer.Plain"/> for text as sent.</param>
/// <param name="Carrier">Index of the segment that this one was decoded from, or -1.</param>
/// <param name="RunStart">Start of the encoded run inside the carrier's text.</param>
/// <param name="RunLength">Length of that run: what sanitising replaces.</param>
/// <param name="FieldStart">Start in <see cref="ScanText.Chars"/> of the name of the field that holds the text (nearest key, header name, query parameter); -1 for none.</param>
/// <param name="FieldLength">Length of that name.</param>
public readonly record struct TextSegment(
    int Start, int Length, TextOrigin Origin, int Node, TextLayer Layer, int Carrier, int RunStart, int RunLength, int FieldStart, int FieldLength);

/// <summary>Everything of one call that is read for detection, plain and decoded, in one buffer with a table of segments over it.</summary>
public sealed class ScanText : IDisposable
{
    char[] chars;
    TextSegment[] segments;
    int charCount;
    int segmentCount;

    public ScanText(int expectedChars = 4096)
    {
        chars = ArrayPool<char>.Shared.Rent(expectedChars);
        segments = ArrayPool<TextSegment>.Shared.Rent(64);
    }

    public ReadOnlySpan<char> Chars => chars.AsSpan(0, charCount);

    public ReadOnlySpan<TextSegment> Segments => segments.AsSpan(0, segmentCount);

    /// <summary>True when decoding was cut short by its budget: signal <c>DECODE_LIMIT</c>.</summary>
    public bool DecodeLimitReached { get; set; }

    public ReadOnlySpan<char> TextOf(int segment) => chars.AsSpan(segments[segment].Start, segments[segment].Length);

    public ReadOnlySpan<char> FieldOf(int segment) =>
        segments[segment].FieldStart < 0 ? [] : chars.AsSpan(segments[segment].FieldStart, segments[segment].FieldLength);

    /// <summary>Appends text and returns where it starts.</summary>
    public int Write(ReadOnlySpan<char> text)
    {
        if (charCount + text.Length > chars.Length)
            Grow(ref chars, charCount, text.Length);
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

    public void Dispose()
    {
        if (chars.Length == 0)
            return;
        ArrayPool<char>.Shared.Return(chars);
        ArrayPool<TextSegment>.Shared.Return(segments);
        (chars, segments, charCount, segmentCount) = ([], [], 0, 0);
    }

    static void Grow<T>(ref T[] buffer, int used, int more)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(buffer.Length * 2, used + more));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(buffer);
        buffer = larger;
    }
}
