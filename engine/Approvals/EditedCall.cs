using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>A scan request with another body, everything else as it was sent.</summary>
public static class EditedCall
{
    /// <param name="request">The request as sent: it was read before, so it is an object with members.</param>
    /// <param name="body">The other body as JSON.</param>
    public static byte[] WithBody(ReadOnlyMemory<byte> request, ReadOnlySpan<byte> body)
    {
        using var tree = JsonTree.Parse(request, out _) ?? throw new ArgumentException("The request cannot be read.", nameof(request));
        var node = tree.Child(0, "body");
        if (node >= 0)
            return Spliced(request.Span, tree.Nodes[node].RawStart, tree.Nodes[node].RawLength, [], body, []);
        return Spliced(request.Span, tree.Nodes[0].RawStart + 1, 0, "\"body\":"u8, body, ","u8);
    }

    static byte[] Spliced(ReadOnlySpan<byte> request, int start, int length, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body, ReadOnlySpan<byte> after) =>
        [.. request[..start], .. before, .. body, .. after, .. request[(start + length)..]];
}
