namespace Interven.Engine.Reading;

/// <summary>
/// Where a decoded text differs from its carrier: <paramref name="Count"/> neighbours that each took <paramref name="CarrierStep"/> units there and
/// <paramref name="DecodedStep"/> here. Between pieces both texts run side by side.
/// </summary>
/// <param name="Decoded">Start in the decoded text.</param>
/// <param name="Carrier">Start in the carrier's text.</param>
/// <param name="DecodedStep">Units of each neighbour in the decoded text; 0 where something was removed.</param>
/// <param name="CarrierStep">Units of each neighbour in the carrier.</param>
/// <param name="Count">How many neighbours.</param>
readonly record struct TextPiece(int Decoded, int Carrier, int DecodedStep, int CarrierStep, int Count)
{
    public int DecodedEnd => Decoded + DecodedStep * Count;

    public int CarrierEnd => Carrier + CarrierStep * Count;

    /// <summary>Carrier position of what starts at <paramref name="decoded"/>.</summary>
    public static int MapStart(ReadOnlySpan<TextPiece> pieces, int origin, int decoded)
    {
        var at = LastUpTo(pieces, decoded);
        if (at < 0)
            return origin + decoded;
        ref readonly var piece = ref pieces[at];
        return decoded < piece.DecodedEnd
            ? piece.Carrier + (decoded - piece.Decoded) / piece.DecodedStep * piece.CarrierStep
            : piece.CarrierEnd + (decoded - piece.DecodedEnd);
    }

    /// <summary>Carrier position after what ends before <paramref name="decoded"/>.</summary>
    public static int MapEnd(ReadOnlySpan<TextPiece> pieces, int origin, int decoded)
    {
        if (decoded == 0)
            return origin;
        var last = decoded - 1;
        var at = LastUpTo(pieces, last);
        if (at < 0)
            return origin + decoded;
        ref readonly var piece = ref pieces[at];
        return last < piece.DecodedEnd
            ? piece.Carrier + ((last - piece.Decoded) / piece.DecodedStep + 1) * piece.CarrierStep
            : piece.CarrierEnd + (decoded - piece.DecodedEnd);
    }

    /// <summary>Decoded position of what stands at <paramref name="carrier"/>: the way in.</summary>
    public static int MapIn(ReadOnlySpan<TextPiece> pieces, int origin, int carrier)
    {
        var (low, high) = (0, pieces.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (pieces[middle].Carrier <= carrier)
                low = middle + 1;
            else
                high = middle - 1;
        }
        if (high < 0)
            return carrier - origin;
        ref readonly var piece = ref pieces[high];
        return carrier < piece.CarrierEnd
            ? piece.Decoded + (carrier - piece.Carrier) / piece.CarrierStep * piece.DecodedStep
            : piece.DecodedEnd + (carrier - piece.CarrierEnd);
    }

    /// <summary>True where the two texts are the same over the span and at its borders, so that the carrier shows all that the decoded text shows.</summary>
    public static bool Unchanged(ReadOnlySpan<TextPiece> pieces, int start, int length)
    {
        var at = LastUpTo(pieces, start + length);
        return at < 0 || pieces[at].DecodedEnd < start;
    }

    static int LastUpTo(ReadOnlySpan<TextPiece> pieces, int decoded)
    {
        var (low, high) = (0, pieces.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (pieces[middle].Decoded <= decoded)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return high;
    }
}
