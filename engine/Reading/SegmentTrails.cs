namespace Interven.Engine.Reading;

/// <summary>What decoding remembers beside each segment: how spans lead back to the carrier, and which layers were spent on the way.</summary>
sealed class SegmentTrails
{
    /// <summary>How often each layer may be tried on one chain.</summary>
    const int Tries = 2;

    Trail[] trails = [];
    TextPiece[] pieces = [];
    int pieceCount;
    int used;

    /// <param name="FirstPiece">First of the segment's pieces.</param>
    /// <param name="PieceCount">How many.</param>
    /// <param name="Spent">Two bits for each <see cref="TextLayer"/>: how often it was used up to here.</param>
    /// <param name="FirstValue">First of the values of the document or form that this segment holds.</param>
    /// <param name="ValueCount">How many; they are neighbours, in the order of their runs.</param>
    /// <param name="Exact">Spans map one by one, not to the whole run.</param>
    /// <param name="IsNumber">A number of a nested document.</param>
    record struct Trail(int FirstPiece, int PieceCount, uint Spent, int FirstValue, int ValueCount, bool Exact, bool IsNumber);

    public void Clear()
    {
        Array.Clear(trails, 0, used);
        (pieceCount, used) = (0, 0);
    }

    public int PieceCount => pieceCount;

    public bool IsExact(int segment) => segment < trails.Length && trails[segment].Exact;

    /// <summary>True for a number of a nested document: its replacement needs quotation marks.</summary>
    public bool IsNumber(int segment) => segment < trails.Length && trails[segment].IsNumber;

    public bool IsSpent(int segment, TextLayer layer) => (SpentOn(segment) >> 2 * (int)layer & 3) >= Tries;

    public uint SpentOn(int segment) => segment < trails.Length ? trails[segment].Spent : 0;

    public static uint Spend(uint spent, TextLayer layer) => spent + (1u << 2 * (int)layer);

    public ReadOnlySpan<TextPiece> PiecesOf(int segment) =>
        segment < trails.Length ? pieces.AsSpan(trails[segment].FirstPiece, trails[segment].PieceCount) : [];

    /// <summary>The values of the document or form that a segment holds, in the order of their runs.</summary>
    public (int First, int Count) ValuesOf(int segment) =>
        segment < trails.Length ? (trails[segment].FirstValue, trails[segment].ValueCount) : (0, 0);

    /// <summary>Files the values of a document or form.</summary>
    public void SetValues(int segment, int first, int count)
    {
        Fit(segment);
        (trails[segment].FirstValue, trails[segment].ValueCount) = (first, count);
    }

    /// <summary>Files a decoded segment; its pieces are those added since <paramref name="firstPiece"/>.</summary>
    public void Set(int segment, uint spent, bool exact, int firstPiece, bool isNumber = false)
    {
        Fit(segment);
        trails[segment] = new(firstPiece, pieceCount - firstPiece, spent, 0, 0, exact, isNumber);
    }

    /// <summary>Adds one changed place; neighbours of the same shape become one piece.</summary>
    public void AddPiece(int firstPiece, int decoded, int carrier, int decodedStep, int carrierStep)
    {
        if (pieceCount > firstPiece)
        {
            ref var last = ref pieces[pieceCount - 1];
            if (last.DecodedStep == decodedStep && last.CarrierStep == carrierStep && last.DecodedEnd == decoded && last.CarrierEnd == carrier)
            {
                last = last with { Count = last.Count + 1 };
                return;
            }
        }
        if (pieceCount == pieces.Length)
            Array.Resize(ref pieces, Math.Max(64, pieces.Length * 2));
        pieces[pieceCount++] = new(decoded, carrier, decodedStep, carrierStep, 1);
    }

    public void DropPieces(int firstPiece) => pieceCount = firstPiece;

    void Fit(int segment)
    {
        used = Math.Max(used, segment + 1);
        if (segment >= trails.Length)
            Array.Resize(ref trails, Math.Max(64, Math.Max(segment + 1, trails.Length * 2)));
    }
}
