using Interven.Contracts;

namespace Interven.Engine.Classifying;

/// <summary>One match, as a place: never the matched text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Confidence">How sure.</param>
/// <param name="Segment">Index of the segment in <see cref="Reading.ScanText"/>.</param>
/// <param name="Start">Start inside the segment's text.</param>
/// <param name="Length">Length in UTF-16 units.</param>
public readonly record struct Finding(DataKind Kind, Confidence Confidence, int Segment, int Start, int Length)
{
    public int End => Start + Length;
}
