namespace Interven.Engine.Classifying.Context;

/// <summary>
/// The numbers that a digit run may stand for: the whole run first, then each part between blanks, because a list of numbers or a date before a number makes one run.
/// </summary>
ref struct DigitPieces(in Probe probe)
{
    readonly ReadOnlySpan<char> text = probe.Text;
    readonly int start = probe.At;
    readonly int end = probe.At + probe.Length;
    int next = -1;

    public int Start { get; private set; }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Text => text.Slice(Start, Length);

    public bool MoveNext()
    {
        if (next < 0)
        {
            (Start, Length) = (start, end - start);
            next = text[start..end].Contains(' ') ? start : end;
            return true;
        }
        if (next >= end)
            return false;
        var blank = text[next..end].IndexOf(' ');
        (Start, Length) = (next, blank < 0 ? end - next : blank);
        next = Start + Length + 1;
        return true;
    }

    /// <summary>Copies the digits of the current piece; -1 where there are more than <paramref name="into"/> takes.</summary>
    public readonly int Digits(Span<char> into) => Chars.Compact(Text, into);
}
