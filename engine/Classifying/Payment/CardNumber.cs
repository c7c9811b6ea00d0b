using Interven.Contracts;
using Interven.Engine.Classifying.Checksums;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Payment;

/// <summary>Card numbers: Luhn, issuer range, length and grouping; track data where the magnetic stripe's signs stand around one.</summary>
static class CardNumber
{
    const int Fewest = 12;
    const int Most = 19;

    static readonly WordSet CardWords = new(
        "card", "cards", "credit card", "creditcard", "debitcard", "cardnumber", "cardno", "ccnumber", "ccnum", "cc", "pan", "visa", "mastercard", "amex",
        "american express", "maestro", "discover", "diners", "jcb", "unionpay", "rupay", "cvv", "cvc", "karte", "kreditkarte", "carte", "tarjeta", "carta", "cartão");

    public static readonly Detector Detector = new("card_number", new Trigger.Digits(Fewest, int.MaxValue), Inspect);

    static void Inspect(in Probe probe)
    {
        var (at, end) = (probe.At, probe.At + probe.Length);
        while (at < end)
        {
            var found = LengthAt(probe, at, end);
            at = found > 0 ? at + found : NextGroup(probe.Text, at, end);
        }
    }

    /// <summary>Reports the card that begins at <paramref name="at"/>, longest reading first, and returns its length in the text.</summary>
    static int LengthAt(in Probe probe, int at, int end)
    {
        Span<char> digits = stackalloc char[Most];
        Span<int> ends = stackalloc int[Most];
        var text = probe.Text;
        var count = 0;
        for (var i = at; i < end && count < Most; i++)
            if (char.IsAsciiDigit(text[i]))
                (digits[count], ends[count++]) = (text[i], i + 1);
        for (; count >= Fewest; count--)
        {
            var length = ends[count - 1] - at;
            if (char.IsAsciiDigit(Chars.At(text, at + length)) || !Luhn.IsValid(digits[..count]) || Weighted.AllSame(digits[..count]) || !IsGrouped(text.Slice(at, length)))
                continue;
            if (Judge(probe, at, length, digits[..count]) is { } confidence)
            {
                probe.Report(IsTrack(text, at, length) ? Kinds.CardTrack : Kinds.CreditCard, confidence, at, length);
                return length;
            }
        }
        return 0;
    }

    static Confidence? Judge(in Probe probe, int at, int length, ReadOnlySpan<char> digits)
    {
        if (!IsTrack(probe.Text, at, length) && !Chars.NumberStandsAlone(probe.Text, at, length))
            return null;
        var issuer = CardIssuers.Of(digits);
        if (issuer == CardIssuers.Match.Bare)
            return Confidence.High;
        if (Surroundings.Mention(probe, at, length, CardWords))
            return issuer == CardIssuers.Match.None ? Confidence.Medium : Confidence.High;
        return issuer == CardIssuers.Match.None ? null : Confidence.Low;
    }

    /// <summary>One kind of separator, groups of three to six digits: what people write, and what dates and lists of numbers are not.</summary>
    static bool IsGrouped(ReadOnlySpan<char> text)
    {
        var separator = text.IndexOfAnyExceptInRange('0', '9');
        if (separator < 0)
            return true;
        var sign = text[separator];
        if (sign == '/')
            return false;
        for (var group = 0; ;)
        {
            var next = text[group..].IndexOfAnyExceptInRange('0', '9');
            var length = next < 0 ? text.Length - group : next;
            if (length is < 2 or > 7 || group == 0 && length < 4)
                return false;
            if (next < 0)
                return true;
            if (text[group + next] != sign)
                return false;
            group += next + 1;
        }
    }

    /// <summary>Track 1 is <c>%B…^NAME^…</c>, track 2 is <c>;…=YYMM…</c> (ISO/IEC 7813).</summary>
    static bool IsTrack(ReadOnlySpan<char> text, int at, int length)
    {
        var after = Chars.At(text, at + length);
        return after == '^' && Chars.At(text, at - 1) is 'B' or 'b' && Chars.At(text, at - 2) == '%'
            || after is '=' or 'D' or 'd' && Chars.At(text, at - 1) is ';' or ' ' or '=' or ':' && HasFourDigits(text, at + length + 1);
    }

    static bool HasFourDigits(ReadOnlySpan<char> text, int at) =>
        at + 4 <= text.Length && !text.Slice(at, 4).ContainsAnyExceptInRange('0', '9');

    static int NextGroup(ReadOnlySpan<char> text, int at, int end)
    {
        var length = text[at..end].IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? end : at + length + 1;
    }
}
