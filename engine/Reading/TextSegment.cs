namespace Interven.Engine.Reading;

/// <summary>Where a piece of text came from.</summary>
public enum TextOrigin : byte { BodyValue, BodyKey, Url, HeaderName, HeaderValue, Context }

/// <summary>By which decoding a piece of text was won from another one.</summary>
public enum TextLayer : byte { Plain, Folded, NestedJson, Form, Percent, Html, Base64, Hex, Escapes, Compressed }

/// <summary>
/// One run of text that detectors look at: a string, key or number of the body, the URL, a header, or what decoding a part of one of these gave.
/// </summary>
/// <param name="Start">Start in <see cref="ScanText.Chars"/>.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Origin">Where the outermost carrier stands.</param>
/// <param name="Node">Body node that carries the text (values and keys), else -1. For decoded text: the node of the outermost carrier.</param>
/// <param name="Layer">How it was decoded; <see cref="TextLayer.Plain"/> for text as sent. Where one pass undid several codings: the first of them.</param>
/// <param name="Carrier">Index of the segment that this one was decoded from, or -1.</param>
/// <param name="RunStart">Start of the encoded run inside the carrier's text.</param>
/// <param name="RunLength">Length of that run: what sanitising replaces at most.</param>
/// <param name="FieldStart">Start in <see cref="ScanText.Chars"/> of the name of the field that holds the text (nearest key, header name, query parameter); -1 for none.</param>
/// <param name="FieldLength">Length of that name.</param>
public readonly record struct TextSegment(
    int Start, int Length, TextOrigin Origin, int Node, TextLayer Layer, int Carrier, int RunStart, int RunLength, int FieldStart, int FieldLength);
