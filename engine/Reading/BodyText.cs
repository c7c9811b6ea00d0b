namespace Interven.Engine.Reading;

/// <summary>Lays the strings, keys and numbers of a body out as <see cref="ScanText"/>.</summary>
public static class BodyText
{
    /// <summary>Adds every key, string and number at and below <paramref name="root"/>. A key stands before its value, so that neighbours in the buffer are neighbours in the body.</summary>
    public static void Read(JsonTree tree, int root, ScanText into)
    {
        var nodes = tree.Nodes;
        var (fieldStart, fieldLength) = (-1, 0);
        for (var node = root; node < nodes[root].End; node++)
        {
            if (node != root && nodes[node].KeyStart >= 0)
            {
                var key = tree.Key(node);
                fieldStart = into.Write(key);
                fieldLength = key.Length;
                into.Add(new(fieldStart, fieldLength, TextOrigin.BodyKey, node, TextLayer.Plain, -1, 0, 0, -1, 0));
            }
            if (nodes[node].Kind is not (JsonKind.String or JsonKind.Number))
                continue;
            var value = tree.Value(node);
            into.Add(new(into.Write(value), value.Length, TextOrigin.BodyValue, node, TextLayer.Plain, -1, 0, 0, fieldStart, fieldLength));
        }
    }
}
