namespace Interven.Engine.Reading;

/// <summary>A span of a plain text as it was sent, whatever encodings the match inside it hid behind: what a finding is reported at and what sanitising replaces.</summary>
/// <param name="Segment">Index of the plain segment: two findings with the same segment and overlapping spans are one place.</param>
/// <param name="Origin">What the plain text is.</param>
/// <param name="Node">Body node that carries it (values and keys), else -1.</param>
/// <param name="Start">Start inside the plain segment's text, in UTF-16 units; never between the halves of a surrogate pair.</param>
/// <param name="Length">Length in UTF-16 units.</param>
public readonly record struct TextPlace(int Segment, TextOrigin Origin, int Node, int Start, int Length)
{
    public int End => Start + Length;
}
