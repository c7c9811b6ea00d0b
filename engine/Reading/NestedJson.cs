using System.Buffers;
using System.Text;

namespace Interven.Engine.Reading;

/// <summary>Reads a string that is a JSON document itself. Its values know their exact place in the carrier, so a match in one of them spoils nothing around it.</summary>
static class NestedJson
{
    static readonly SearchValues<char> Escape = SearchValues.Create("\\");

    public static bool TryRead(ScanText text, int segment)
    {
        var whole = text.TextOf(segment);
        var trimmed = whole.Trim(" \t\r\n");
        if (trimmed.Length < 2 || (trimmed[0], trimmed[^1]) is not (('{', '}') or ('[', ']') or ('"', '"'))
            || text.Trails.IsSpent(segment, TextLayer.NestedJson) || !JsonShape.Fits(trimmed) || !text.Afford(0))
            return false;
        var raw = new byte[Encoding.UTF8.GetByteCount(trimmed)];
        Encoding.UTF8.GetBytes(trimmed, raw);
        var tree = JsonTree.ParseNested(raw);
        if (tree is null)
            return false;
        text.Keep(new(text.Segments[segment].Node, tree), IsWholeValue(text, segment));
        new NestedReader(text, segment, tree, whole.IndexOf(trimmed[0])).ReadAll();
        return true;
    }

    /// <summary>True where nothing but the document is in the body's string, so that path conditions may look into it.</summary>
    static bool IsWholeValue(ScanText text, int segment)
    {
        for (var at = segment; text.Segments[at].Carrier >= 0; at = text.Segments[at].Carrier)
        {
            ref readonly var one = ref text.Segments[at];
            var carrier = text.Segments[one.Carrier].Length;
            if (one.Layer is TextLayer.Base64 or TextLayer.Hex or TextLayer.Compressed && one.RunLength != carrier)
                return false;
        }
        return text.Segments[segment].Origin == TextOrigin.BodyValue;
    }

    ref struct NestedReader(ScanText text, int segment, JsonTree tree, int origin)
    {
        readonly uint spent = DecodedText.Spent(text, segment, TextLayer.NestedJson);
        readonly bool isAscii = tree.Raw.Length == text.TextOf(segment).Trim(" \t\r\n").Length;
        int byteAt;
        readonly int first = origin;
        int charAt = origin;
        (int Start, int Length)? field;

        public void ReadAll()
        {
            for (var node = 0; node < tree.Nodes.Length; node++)
            {
                var one = tree.Nodes[node];
                if (one.KeyStart >= 0)
                    field = ReadName(node, one);
                if (one.Kind == JsonKind.Number && text.Afford(one.RawLength))
                    DecodedText.AddView(text, segment, TextLayer.NestedJson, spent, (CharOf(one.RawStart), one.RawLength), field, isNumber: true);
                else if (one.Kind == JsonKind.String && one.RawLength > 2)
                    ReadString((one.RawStart + 1, one.RawLength - 2), field, null);
            }
        }

        /// <summary>The name becomes the field of what follows; it is a segment of its own only where escapes hide it from the carrier's text.</summary>
        (int Start, int Length)? ReadName(int node, in JsonNode one)
        {
            var (start, length) = RawKeys.Before(tree.Raw.Span, one.RawStart);
            return tree.Raw.Span.Slice(start, length).Contains((byte)'\\')
                ? ReadString((start + 1, length - 2), null, text.Segments[segment].Origin)
                : (text.Segments[segment].Start + CharOf(start + 1), tree.Key(node).Length);
        }

        /// <summary>Gives the text of a string that had to be decoded; null where it stands in the carrier as it is, or the budget is spent.</summary>
        (int Start, int Length)? ReadString((int Start, int Length) rawRun, (int Start, int Length)? name, TextOrigin? origin)
        {
            var bytes = tree.Raw.Span.Slice(rawRun.Start, rawRun.Length);
            var start = CharOf(rawRun.Start);
            (int Start, int Length) run = (start, CharOf(rawRun.Start + rawRun.Length) - start);
            if (!bytes.Contains((byte)'\\'))
            {
                if (text.Afford(run.Length))
                    DecodedText.AddView(text, segment, TextLayer.NestedJson, spent, run, name);
                return null;
            }
            var firstPiece = text.Trails.PieceCount;
            if (!Unmasking.TryRun(text, segment, run, TextLayer.NestedJson, Escape, out var value))
                return null;
            DecodedText.Add(text, segment, TextLayer.NestedJson, spent, value.Start, value.Length, run, true, firstPiece, name, origin);
            return value;
        }

        /// <summary>Position in the carrier's text; asked in rising order, so that all answers together cost one pass.</summary>
        int CharOf(int rawByte)
        {
            if (isAscii)
                return first + rawByte;
            charAt += Encoding.UTF8.GetCharCount(tree.Raw.Span[byteAt..rawByte]);
            byteAt = rawByte;
            return charAt;
        }
    }
}
