namespace Interven.Engine.Reading;

/// <summary>Reads all that detectors look at in one call, in all its disguises.</summary>
public static class CallText
{
    /// <summary>
    /// Lays out body, URL, headers and context as sent, then decodes what is encoded in them, within the budget
    /// (4 × the text as sent + 64 Ki characters; beyond it <see cref="ScanText.DecodeLimitReached"/>). Never throws; linear in the input.
    /// </summary>
    /// <param name="tree">The request document. It must outlive <paramref name="into"/>'s use.</param>
    /// <param name="body">Node of the body, or -1.</param>
    /// <param name="url">The URL as it is evaluated; its query parameters become segments with their names as fields.</param>
    /// <param name="headers">Node of the headers object, or -1.</param>
    /// <param name="context">Conversation context; empty for none.</param>
    /// <param name="into">Empty: new or <see cref="ScanText.Reset"/>.</param>
    public static void Read(JsonTree tree, int body, string url, int headers, ReadOnlySpan<char> context, ScanText into)
    {
        if (body >= 0)
            BodyText.Read(tree, body, into);
        if (url.Length > 0)
            AddPlain(into, url, TextOrigin.Url);
        if (headers >= 0)
            ReadHeaders(tree, headers, into);
        if (!context.IsEmpty)
            AddPlain(into, context, TextOrigin.Context);
        Decoding.Run(into);
    }

    /// <summary>Reads one body alone, decoded too: what a second pass over a sanitised body and <c>scan/response</c> need.</summary>
    public static void ReadBody(JsonTree tree, int body, ScanText into) => Read(tree, body, "", -1, [], into);

    static void ReadHeaders(JsonTree tree, int headers, ScanText into)
    {
        var nodes = tree.Nodes;
        var (nameStart, nameLength) = (-1, 0);
        for (var node = headers + 1; node < nodes[headers].End; node++)
        {
            if (nodes[node].KeyStart >= 0)
            {
                nameLength = tree.Key(node).Length;
                nameStart = AddPlain(into, tree.Key(node), TextOrigin.HeaderName);
            }
            if (nodes[node].Kind is JsonKind.String or JsonKind.Number)
                AddPlain(into, tree.Value(node), TextOrigin.HeaderValue, nameStart, nameLength);
        }
    }

    static int AddPlain(ScanText into, ReadOnlySpan<char> text, TextOrigin origin, int fieldStart = -1, int fieldLength = 0)
    {
        var start = into.Write(text);
        into.Add(new(start, text.Length, origin, -1, TextLayer.Plain, -1, 0, 0, fieldStart, fieldLength));
        return start;
    }
}
