using System.Buffers;

namespace Interven.Engine.Reading;

public enum JsonKind : byte { Object, Array, String, Number, True, False, Null }

/// <summary>
/// One value of a <see cref="JsonTree"/>. Nodes stand in document order, so a value's descendants are the nodes after it up to <see cref="End"/>.
/// </summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Parent">Index of the enclosing object or array; -1 for the root.</param>
/// <param name="End">Index of the first node after this value's descendants.</param>
/// <param name="Position">Ordinal inside the parent.</param>
/// <param name="KeyStart">Start of the unescaped property name in <see cref="JsonTree.Text"/>; -1 where the parent is no object.</param>
/// <param name="KeyLength">Length of the property name in UTF-16 units.</param>
/// <param name="TextStart">Start in <see cref="JsonTree.Text"/> of the unescaped string, or of a number's lexeme as it was sent.</param>
/// <param name="TextLength">Its length in UTF-16 units; 0 for other kinds.</param>
/// <param name="RawStart">Offset of the value in <see cref="JsonTree.Raw"/>, quotes included.</param>
/// <param name="RawLength">Its length in bytes.</param>
public readonly record struct JsonNode(
    JsonKind Kind, int Parent, int End, int Position, int KeyStart, int KeyLength, int TextStart, int TextLength, int RawStart, int RawLength);

/// <summary>
/// A strict, read-only JSON document: one pass, flat nodes, every string unescaped once into one buffer, numbers kept as they were written.
/// Rent with <see cref="Parse"/>; <see cref="Dispose"/> gives the buffers back.
/// </summary>
public sealed class JsonTree : IDisposable
{
    JsonNode[] nodes;
    char[] text;
    int nodeCount;
    int textLength;

    internal JsonTree(ReadOnlyMemory<byte> raw)
    {
        Raw = raw;
        nodes = ArrayPool<JsonNode>.Shared.Rent(Math.Max(16, raw.Length / 16));
        text = ArrayPool<char>.Shared.Rent(Math.Max(64, raw.Length));
    }

    /// <summary>The bytes that were parsed. They must outlive the tree.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public ReadOnlySpan<JsonNode> Nodes => nodes.AsSpan(0, nodeCount);

    /// <summary>All property names, strings and number lexemes, one after the other.</summary>
    public ReadOnlySpan<char> Text => text.AsSpan(0, textLength);

    /// <summary>Parses <paramref name="utf8"/> strictly. Never throws for any input: what is wrong is in <paramref name="problem"/>.</summary>
    public static JsonTree? Parse(ReadOnlyMemory<byte> utf8, out JsonProblem? problem) => JsonTreeReader.Read(utf8, out problem);

    /// <summary>Parses a text found inside a string: as <see cref="Parse"/>, but an object may have the same key twice, for all of its values must be seen.</summary>
    internal static JsonTree? ParseNested(ReadOnlyMemory<byte> utf8) => JsonTreeReader.Read(utf8, out _, repeatedKeys: true);

    public ReadOnlySpan<char> Key(int node) => nodes[node].KeyStart < 0 ? [] : text.AsSpan(nodes[node].KeyStart, nodes[node].KeyLength);

    /// <summary>The unescaped string, or the number as it was written; empty for other kinds.</summary>
    public ReadOnlySpan<char> Value(int node) => text.AsSpan(nodes[node].TextStart, nodes[node].TextLength);

    public ReadOnlyMemory<byte> RawMemory(int node) => Raw.Slice(nodes[node].RawStart, nodes[node].RawLength);

    public ReadOnlySpan<byte> RawValue(int node) => Raw.Span.Slice(nodes[node].RawStart, nodes[node].RawLength);

    /// <summary>The direct child called <paramref name="name"/>, or -1.</summary>
    public int Child(int node, ReadOnlySpan<char> name)
    {
        if (node < 0 || nodes[node].Kind != JsonKind.Object)
            return -1;
        for (var child = node + 1; child < nodes[node].End; child = nodes[child].End)
            if (Key(child).SequenceEqual(name))
                return child;
        return -1;
    }

    /// <summary>The string under <paramref name="name"/>, or null where it is absent or not a string.</summary>
    public string? ChildString(int node, ReadOnlySpan<char> name)
    {
        var child = Child(node, name);
        return child >= 0 && nodes[child].Kind == JsonKind.String ? Value(child).ToString() : null;
    }

    public void Dispose()
    {
        if (nodes.Length == 0)
            return;
        ArrayPool<JsonNode>.Shared.Return(nodes);
        ArrayPool<char>.Shared.Return(text);
        (nodes, text, nodeCount, textLength) = ([], [], 0, 0);
    }

    internal int Add(in JsonNode node)
    {
        if (nodeCount == nodes.Length)
            Grow(ref nodes, nodeCount);
        nodes[nodeCount] = node;
        return nodeCount++;
    }

    internal void Close(int node, int rawEnd) =>
        nodes[node] = nodes[node] with { End = nodeCount, RawLength = rawEnd - nodes[node].RawStart };

    internal JsonNode this[int node] => nodes[node];

    internal Span<char> Reserve(int length)
    {
        if (textLength + length > text.Length)
            Grow(ref text, textLength, length);
        return text.AsSpan(textLength, length);
    }

    internal int Commit(int length)
    {
        var start = textLength;
        textLength += length;
        return start;
    }

    static void Grow<T>(ref T[] buffer, int used, int more = 1)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(buffer.Length * 2, used + more));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(buffer);
        buffer = larger;
    }
}
