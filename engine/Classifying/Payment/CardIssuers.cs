using System.Globalization;

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

    /// <param name="From">First prefix.</param>
    /// <param name="To">Last prefix.</param>
    /// <param name="Digits">How many digits of the number are compared.</param>
    /// <param name="Lengths">A bit for each length in use.</param>
    /// <param name="Bare">A bit for each length that needs no word.</param>
    readonly record struct Range(int From, int To, int Digits, uint Lengths, uint Bare);

    const int LongestPrefix = 6;

    static readonly Range[] Ranges =
    [
        .. Tables.Read<Row[]>("Classifying/Payment/card-issuers.yaml").Select(row => new Range(
            int.Parse(row.From, CultureInfo.InvariantCulture), int.Parse(row.To, CultureInfo.InvariantCulture), row.From.Length, Bits(row.Lengths), Bits(row.Bare))),
    ];

    /// <param name="digits">Twelve to nineteen ASCII digits.</param>
    public static Match Of(ReadOnlySpan<char> digits)
    {
        Span<int> prefixes = stackalloc int[LongestPrefix + 1];
        prefixes[0] = 0;
        for (var i = 0; i < LongestPrefix; i++)
            prefixes[i + 1] = prefixes[i] * 10 + digits[i] - '0';
        var (best, length) = (Match.None, 1u << digits.Length);
        foreach (ref readonly var range in Ranges.AsSpan())
        {
            var prefix = prefixes[range.Digits];
            if (prefix < range.From || prefix > range.To || (range.Lengths & length) == 0)
                continue;
            if ((range.Bare & length) != 0)
                return Match.Bare;
            best = Match.NeedsContext;
        }
        return best;
    }

    static uint Bits(int[] lengths) => lengths.Aggregate(0u, (bits, length) => bits | 1u << length);
}
