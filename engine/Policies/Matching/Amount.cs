using System.Globalization;
using System.Text.Json;

namespace Interven.Engine.Policies.Matching;

/// <summary>
/// A number as policies compare it: exact up to 28 digits, a double beyond. Reads JSON numbers and what people write for money:
/// <c>14,500.00</c>, <c>$14,500</c>, <c>EUR 100</c>. What is ambiguous (<c>14.500,00</c>, <c>(100)</c>, <c>14.5k</c>) is no number, which strict rules take as a match.
/// </summary>
readonly struct Amount : IComparable<Amount>, IEquatable<Amount>
{
    const int LongestText = 64;
    readonly decimal exact;
    readonly double rough;
    readonly bool isExact;

    Amount(decimal exact) => (this.exact, rough, isExact) = (exact, (double)exact, true);

    Amount(double rough) => (exact, this.rough, isExact) = (0, rough, false);

    /// <summary>Reads a JSON number's lexeme.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> lexeme, out Amount amount)
    {
        // decimal would round 1e-40 to nothing; a double keeps its sign and size.
        if (decimal.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && (exact != 0 || !lexeme.ContainsAnyInRange('1', '9')))
        {
            amount = new(exact);
            return true;
        }
        var read = double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var rough) && double.IsFinite(rough);
        amount = read ? new(rough) : default;
        return read;
    }

    /// <summary>Reads a number that stands in a string.</summary>
    public static bool TryReadText(ReadOnlySpan<char> text, out Amount amount)
    {
        amount = default;
        text = text.Trim();
        if (text.Length is 0 or > LongestText)
            return false;
        var negative = TakeSign(ref text);
        text = WithoutCurrency(text);
        if (!negative)
            negative = TakeSign(ref text);
        if (text.IsEmpty || !(char.IsAsciiDigit(text[0]) || text[0] == '.' && text.Length > 1))
            return false;
        Span<char> digits = stackalloc char[LongestText + 1];
        var length = 0;
        if (negative)
            digits[length++] = '-';
        return Ungroup(text, digits, ref length) && TryReadNumber(digits[..length], out amount);
    }

    public int CompareTo(Amount other) => isExact && other.isExact ? exact.CompareTo(other.exact) : rough.CompareTo(other.rough);

    public bool Equals(Amount other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Amount other && Equals(other);

    public override int GetHashCode() => rough.GetHashCode();

    /// <summary>The one spelling for each value: <c>1e4</c> and <c>10000.0</c> are the same content.</summary>
    public void WriteTo(Utf8JsonWriter json) => json.WriteRawValue(ToString());

    public override string ToString() => isExact
        ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
        : rough.ToString("R", CultureInfo.InvariantCulture);

    static bool TakeSign(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('-' or '+' or '\u2212'))
            return false;
        var negative = text[0] != '+';
        text = text[1..].TrimStart();
        return negative;
    }

    static ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> text)
    {
        if (text.Length > 3 && IsCode(text[..3]) && !char.IsAsciiLetter(text[3]))
            return text[3..].TrimStart();
        if (text.Length > 3 && IsCode(text[^3..]) && !char.IsAsciiLetter(text[^4]))
            return text[..^3].TrimEnd();
        if (text.IsEmpty)
            return text;
        if (IsSymbol(text[^1..]))
            return text[..^1].TrimEnd();
        return IsSymbol(text[..1]) ? text[1..].TrimStart() : text;
    }

    static bool IsSymbol(ReadOnlySpan<char> one) => one.Length == 1 && char.GetUnicodeCategory(one[0]) == UnicodeCategory.CurrencySymbol;

    static bool IsCode(ReadOnlySpan<char> three) => char.IsAsciiLetter(three[0]) && char.IsAsciiLetter(three[1]) && char.IsAsciiLetter(three[2]);

    static bool Ungroup(ReadOnlySpan<char> text, Span<char> digits, ref int length)
    {
        var whole = text.IndexOfAny(".eE");
        whole = whole < 0 ? text.Length : whole;
        var grouped = text[..whole].Contains(',');
        if (grouped && whole % 4 == 0)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i < whole && grouped && (whole - i) % 4 == 0)
            {
                if (text[i] != ',')
                    return false;
                continue;
            }
            if (!(char.IsAsciiDigit(text[i]) || i >= whole && text[i] is '.' or 'e' or 'E' or '+' or '-'))
                return false;
            digits[length++] = text[i];
        }
        return true;
    }
}
