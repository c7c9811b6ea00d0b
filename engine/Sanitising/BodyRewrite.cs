using System.Buffers;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>Copies a body's bytes from front to back, with other names and values where they are given. Nodes must come in rising order, a name before its value.</summary>
sealed class BodyRewrite
{
    readonly JsonTree tree;
    readonly int body;
    readonly RedactedNames names;
    readonly ArrayBufferWriter<byte> into;
    int copied;
    int gone;

    public BodyRewrite(JsonTree tree, int body)
    {
        (this.tree, this.body, names) = (tree, body, new(tree));
        var root = tree.Nodes[body];
        copied = root.RawStart;
        into = new(root.RawLength + 256);
    }

    /// <summary>True where the node stands inside a value that has been replaced already.</summary>
    public bool IsGone(int node) => node < gone;

    public void Replace(int node, string text)
    {
        var one = tree.Nodes[node];
        CopyUntil(one.RawStart);
        WriteString(text);
        copied = one.RawStart + one.RawLength;
        gone = one.End;
    }

    public void Rename(int node, string name)
    {
        var (start, length) = RawKeys.Before(tree.Raw.Span, tree.Nodes[node].RawStart);
        CopyUntil(start);
        WriteString(names.Unique(node, name));
        copied = start + length;
    }

    public ReadOnlyMemory<byte> Finish()
    {
        CopyUntil(tree.Nodes[body].RawStart + tree.Nodes[body].RawLength);
        return into.WrittenMemory;
    }

    void CopyUntil(int rawByte)
    {
        into.Write(tree.Raw.Span[copied..rawByte]);
        copied = rawByte;
    }

    void WriteString(string text)
    {
        into.Write("\""u8);
        JsonText.Write(into, text);
        into.Write("\""u8);
    }
}
