using System.Buffers;
using System.Text;

namespace Interven.Engine.Reading;

/// <summary>The state of one pass: what has been copied, and what was found changed.</summary>
ref struct UnmaskingPass
{
    readonly ScanText text;
    readonly int segment;
    readonly int carrierStart;
    readonly int from;
    readonly int end;
    readonly int firstPiece;
    readonly int start;
    int at;
    int copied;
    uint spent;
    TextLayer first;
    bool full;

    public UnmaskingPass(ScanText text, int segment, (int Start, int Length) run)
    {
        (this.text, this.segment, from, end) = (text, segment, run.Start, run.Start + run.Length);
        carrierStart = text.Segments[segment].Start;
        (firstPiece, start) = (text.Trails.PieceCount, text.Chars.Length);
        (at, copied, first) = (from, from, TextLayer.Plain);
        spent = text.Trails.SpentOn(segment);
    }

    public bool PercentToo { get; init; }

    readonly ReadOnlySpan<char> Source => text.Buffer.AsSpan(carrierStart, end);

    readonly int Written => text.Chars.Length - start;

    /// <summary>Goes on to the next character that is not <paramref name="plain"/>.</summary>
    public bool Next(SearchValues<char> plain)
    {
        var hop = full ? -1 : Source[at..].IndexOfAnyExcept(plain);
        at += Math.Max(hop, 0);
        return hop >= 0;
    }

    /// <summary>Goes on to the next character that is one of <paramref name="marks"/>.</summary>
    public bool NextOf(SearchValues<char> marks)
    {
        var hop = full ? -1 : Source[at..].IndexOfAny(marks);
        at += Math.Max(hop, 0);
        return hop >= 0;
    }

    public void UndoAny()
    {
        var source = Source;
        if (source[at] >= 0x80)
        {
            Fold();
            return;
        }
        var layer = LayerOf(source[at]);
        if (!TryCode(layer, source, at, out var consumed, out var rune))
            at++;
        else if (layer == TextLayer.Percent && !PercentToo)
            at += consumed;
        else if (text.Trails.IsSpent(segment, layer))
        {
            text.DecodeLimitReached |= Hides(source, at + consumed, rune);
            at += consumed;
        }
        else
            Put(layer, consumed, rune);
    }

    public void UndoOne(TextLayer layer)
    {
        var source = Source;
        if (source[at] == '+' && layer == TextLayer.Form)
            Put(layer, 1, new Rune(' '));
        else if (TryCode(layer, source, at, out var consumed, out var rune))
            Put(layer, consumed, rune);
        else
            at++;
    }

    /// <summary>Files the result; nothing where nothing was changed.</summary>
    public void Finish()
    {
        if (first == TextLayer.Plain)
            return;
        var (begin, length) = FlushAll();
        DecodedText.Add(text, segment, first, spent, begin, length, (from, end - from), true, firstPiece);
    }

    public (int Start, int Length) FlushAll()
    {
        Flush(end);
        return (start, Written);
    }

    static TextLayer LayerOf(char mark) => mark switch
    {
        '%' => TextLayer.Percent,
        '&' => TextLayer.Html,
        _ => TextLayer.Escapes,
    };

    static bool TryCode(TextLayer layer, ReadOnlySpan<char> source, int at, out int consumed, out Rune rune) => layer switch
    {
        TextLayer.Percent or TextLayer.Form => CharacterCodes.TryPercent(source, at, out consumed, out rune),
        TextLayer.Html => CharacterCodes.TryHtml(source, at, out consumed, out rune),
        _ => CharacterCodes.TryEscape(source, at, out consumed, out rune),
    };

    /// <summary>Whether a code that may not be undone any more stands for something that a secret is made of, or for the beginning of a further code.</summary>
    static bool Hides(ReadOnlySpan<char> source, int next, Rune rune) =>
        Rune.IsLetterOrDigit(rune) || next < source.Length && rune.Value switch
        {
            '%' => char.IsAsciiHexDigit(source[next]),
            '\\' => source[next] is 'u' or 'U' or 'x',
            '&' => source[next] == '#',
            _ => false,
        };

    void Fold()
    {
        var length = Folding.Of(Source, at, out var folded);
        if (folded is null || text.Trails.IsSpent(segment, TextLayer.Folded))
        {
            at += length;
            return;
        }
        if (!Begin(TextLayer.Folded))
            return;
        text.Trails.AddPiece(firstPiece, Written, at, folded.Length, length);
        text.Write(folded);
        copied = at += length;
    }

    void Put(TextLayer layer, int consumed, Rune rune)
    {
        if (!Begin(layer))
            return;
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        text.Trails.AddPiece(firstPiece, Written, at, count, consumed);
        text.Write(units[..count]);
        copied = at += consumed;
    }

    /// <summary>Copies what stood before a change. A text that grows beyond twice its length, as only compatibility characters can make it, is over the budget.</summary>
    bool Begin(TextLayer layer)
    {
        var isFirst = first == TextLayer.Plain;
        if (isFirst && layer is not (TextLayer.Form or TextLayer.NestedJson) && !text.Afford(end - from) || Written > 2 * (end - from) + 64)
        {
            text.DecodeLimitReached = full = true;
            return false;
        }
        if (isFirst)
            first = layer;
        if ((spent >> 2 * (int)layer & 3) == (text.Trails.SpentOn(segment) >> 2 * (int)layer & 3))
            spent = SegmentTrails.Spend(spent, layer);
        Flush(at);
        return true;
    }

    readonly void Flush(int until)
    {
        if (until > copied)
            text.AppendFrom(carrierStart + copied, until - copied);
    }
}
