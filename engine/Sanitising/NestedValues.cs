using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>Finds the value of a nested document or form that a span belongs to, so that a match takes its own value along and not the document around it.</summary>
static class NestedValues
{
    /// <summary>Goes from a span down to the nested value that holds it wholly, as far as there is one.</summary>
    public static (int Segment, int Start, int End) Innermost(ScanText text, int segment, int start, int end)
    {
        while (ValueOver(text, segment, start, end) is >= 0 and var child)
        {
            ref readonly var run = ref text.Segments[child];
            var pieces = text.Trails.PiecesOf(child);
            var from = TextPiece.MapIn(pieces, run.RunStart, start);
            var to = TextPiece.MapIn(pieces, run.RunStart, end - 1) + 1;
            (segment, start, end) = (child, from, Math.Clamp(to, from, run.Length));
        }
        return (segment, start, end);
    }

    /// <summary>The nearest carrier (or the segment itself) that is a value of its own: of the body, of a nested document or of a form.</summary>
    public static int ValueAround(ScanText text, int segment)
    {
        while (text.Segments[segment] is { Carrier: >= 0, Layer: not (TextLayer.NestedJson or TextLayer.Form) } inner)
            segment = inner.Carrier;
        return segment;
    }

    /// <summary>A quotation mark as it must be written in the plain text to be one at the depth of <paramref name="segment"/>; empty where that cannot be said.</summary>
    public static string QuoteAt(ScanText text, int segment)
    {
        var depth = 0;
        for (; text.Segments[segment].Carrier >= 0; segment = text.Segments[segment].Carrier, depth++)
            if (text.Segments[segment].Layer != TextLayer.NestedJson)
                return "";
        return depth switch { 1 => "\"", 2 => "\\\"", _ => "" };
    }

    /// <summary>Values stand in the order of their runs, so halving finds the one.</summary>
    static int ValueOver(ScanText text, int segment, int start, int end)
    {
        var (first, count) = text.Trails.ValuesOf(segment);
        var (low, high) = (first, first + count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (text.Segments[middle].RunStart <= start)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return high >= first && text.Segments[high].RunStart + text.Segments[high].RunLength >= end ? high : -1;
    }
}
