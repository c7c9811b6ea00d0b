namespace Interven.Engine.Reading;

/// <summary>Keeps spans from cutting a character in two.</summary>
static class SurrogatePairs
{
    public static (int Start, int End) Widen(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && start < text.Length && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]))
            start--;
        if (end > 0 && end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]))
            end++;
        return (start, end);
    }
}
