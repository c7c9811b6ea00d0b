namespace Interven.Engine.Classifying.Payment;

/// <summary>Which prefixes and lengths are cards, from <c>card-issuers.yaml</c>.</summary>
static class CardIssuers
{
    /// <summary>How far the issuer range speaks for a number of this length.</summary>
    public enum Match : byte { None, NeedsContext, Bare }

    sealed class Row
    {
        public string Scheme { get; set; } = "";
        public string From { get; set; } = "";
        public string To { get; set; } = "";
        public int[] Lengths { get; set; } = [];
        public int[] Bare { get; set; } = [];
    }

    static readonly Row[] Rows = Tables.Read<Row[]>("Classifying/Payment/card-issuers.yaml");

    public static Match Of(ReadOnlySpan<char> digits)
    {
        var best = Match.None;
        foreach (var row in Rows)
        {
            var prefix = digits[..row.From.Length];
            if (prefix.SequenceCompareTo(row.From) < 0 || prefix.SequenceCompareTo(row.To) > 0 || !row.Lengths.Contains(digits.Length))
                continue;
            if (row.Bare.Contains(digits.Length))
                return Match.Bare;
            best = Match.NeedsContext;
        }
        return best;
    }
}
