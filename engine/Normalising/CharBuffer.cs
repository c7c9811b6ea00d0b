using System.Buffers;

namespace Interven.Engine.Normalising;

/// <summary>Text under construction: on the stack while short, rented when it grows.</summary>
ref struct CharBuffer(Span<char> initial)
{
    Span<char> chars = initial;
    char[]? rented;

    public int Length { get; private set; }

    public readonly Span<char> Written => chars[..Length];

    public void Append(char c)
    {
        if (Length == chars.Length)
            Grow(1);
        chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (Length + text.Length > chars.Length)
            Grow(text.Length);
        text.CopyTo(chars[Length..]);
        Length += text.Length;
    }

    public void Truncate(int length) => Length = length;

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        rented = null;
    }

    void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(chars.Length * 2, Length + more));
        Written.CopyTo(larger);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        chars = rented = larger;
    }
}
