using System.Buffers;
using Interven.Contracts;
using Interven.Engine.Classifying.Context;
using PhoneNumbers;

namespace Interven.Engine.Classifying.Personal;

/// <summary>
/// Phone numbers. Digits alone are never one: it takes a <c>+</c> or the North American grouping and a number that the country gives out, or a word or field name that says phone.
/// </summary>
static class PhoneNumber
{
    const int Fewest = 6;
    const int Most = 15;
    const int MostGroups = 8;
    const int MostLone = 3;

    static readonly WordSet Labels = new(
        "phone", "phones", "telephone", "tel", "mobile", "cell", "cellphone", "cellular", "fax", "call", "calling", "called", "dial", "sms", "text", "whatsapp", "ring", "answering", "reach",
        "contact", "hotline", "helpline", "landline", "phone#", "telefon", "teléfono", "telefono", "téléphone", "telefone", "telefonnummer", "handy", "celular", "móvil", "mobil", "viber", "signal", "ph", "msisdn");

    static readonly WordSet Verbs = new("call", "calling", "called", "dial", "text", "ring", "reach", "contact", "answering", "signal", "mobile", "cell", "handy", "mobil", "sms");

    static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    static readonly WordSet Trailing = new("office", "fax", "mobile", "cell", "home", "work", "phone", "tel", "direct", "landline");

    static readonly WordSet FieldWords = new(
        "phone", "phones", "phonenumber", "phoneno", "telephone", "tel", "mobile", "mobilenumber", "mobileno", "mobilephone", "cell", "cellphone", "fax", "faxnumber", "msisdn", "whatsapp", "sms",
        "homephone", "workphone", "contactnumber", "contact number", "callerid", "caller id", "telefon", "telefono", "telefone", "celular", "handy", "phone1", "phone2");

    /// <summary>Fields of a message that hold who gets or sends it: there a number with a plus is a phone's, given out or not.</summary>
    static readonly WordSet Parties = new("to", "from", "recipient", "recipients", "sender", "number", "contact", "destination", "callee", "caller");

    static readonly WordSet NotPhone = new("microphone", "order", "invoice", "ticket", "case", "reservation", "tracking", "isbn", "card", "account", "zip", "model");

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("phone_international", new Trigger.Character('+'), International),
        new("phone_number", new Trigger.Digits(Fewest, 24), Inspect),
    ];

    static void International(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At;
        if (!char.IsAsciiDigit(Chars.At(text, start + 1)) && Chars.At(text, start + 1) != '(' || Chars.IsWord(Chars.At(text, start - 1)) || Chars.At(text, start - 1) is '/' or '=' or '+')
            return;
        var (end, digits) = NumberEnd(text, start + 1);
        if (digits is < 7 or > Most + 2 || Chars.IsWord(EdgeAfter(text, end)))
            return;
        var isSaid = LeadIn.Reaches(text, start, Labels) || Surroundings.FieldSays(probe, FieldWords);
        var isWhole = start == 0 && end == text.Length && digits is >= 9 and <= Most;
        if (isSaid || isWhole && char.IsAsciiDigit(text[^1]) && Surroundings.FieldSays(probe, Parties) || IsGivenOut(text[start..end], null))
            probe.Report(Kinds.PhoneNumber, Confidence.Medium, start, end - start);
    }

    static void Inspect(in Probe probe)
    {
        var pieces = new DigitPieces(probe);
        if (IsList(probe.Text.Slice(probe.At, probe.Length)) || !pieces.MoveNext())
            return;
        // The whole run is one number, or there is none: a phone number's groups stand between blanks.
        var (start, length) = (pieces.Start, pieces.Length);
        var text = probe.Text;
        if (Chars.At(text, start - 1) == '+' || !StandsAlone(text, start, length))
            return;
        var opened = AreaCode(text, start);
        length += start - opened;
        start = opened;
        Span<char> digits = stackalloc char[Most];
        var count = Chars.Compact(text.Slice(start, length), digits);
        if (count is < Fewest or > Most)
            return;
        if (Judge(probe, start, length, digits[..count]))
            probe.Report(Kinds.PhoneNumber, Confidence.Medium, start, length);
    }

    /// <summary>More groups, or more lone digits, than anybody writes a number in. Asked first: a long list of numbers is offered in each of its parts.</summary>
    static bool IsList(ReadOnlySpan<char> written)
    {
        var (groups, lone, length) = (0, 0, 0);
        foreach (var c in written)
            if (char.IsAsciiDigit(c))
                length++;
            else if (++groups == MostGroups || length == 1 && ++lone > MostLone)
                return true;
            else
                length = 0;
        return false;
    }

    static bool Judge(in Probe probe, int start, int length, ReadOnlySpan<char> digits)
    {
        var text = probe.Text;
        var written = text.Slice(start, length);
        if (LooksLikeDate(written))
            return false;
        // A number alone in its field has nothing but the field's name to speak for it.
        if (start > 0 && LeadIn.Reaches(text, start, Labels) && !(length == digits.Length && IsCount(text, start, digits)))
            return true;
        if (IsLabelledAfter(text, start + length) || Surroundings.FieldSays(probe, FieldWords))
            return true;
        if (IsNorthAmerican(written, digits))
            return IsGivenOut(written, "US");
        return digits.StartsWith("00") && digits.Length >= 11 && written.ContainsAny(' ', '-') && IsGivenOut($"+{digits[2..]}", null);
    }

    /// <summary>"Call 2345678 records", "mobile 1234567 sessions", "call order 12345678": digits without a sign between, right behind a word that is no noun for a phone.</summary>
    static bool IsCount(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> digits)
    {
        if (NotPhone.In(text[Math.Max(0, start - 24)..start]))
            return true;
        if (digits[0] == '0' || digits.Length >= 10 || Chars.At(text, start - 1) != ' ' || !Chars.IsWord(Chars.At(text, start - 2)))
            return false;
        var word = text[..(start - 1)];
        return Verbs.Has(word[(word.LastIndexOfAnyExcept(Letters) + 1)..]);
    }

    /// <summary>Where a number begins whose area code stands in parentheses before the run; else the run's own start.</summary>
    static int AreaCode(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        if (Chars.At(text, at - 1) is ' ' or '-')
            at--;
        if (Chars.At(text, at - 1) != ')')
            return start;
        at -= 2;
        var digits = 0;
        while (char.IsAsciiDigit(Chars.At(text, at)) && digits < 5)
            (at, digits) = (at - 1, digits + 1);
        if (digits < 2 || Chars.At(text, at) != '(')
            return start;
        return Chars.At(text, at - 1) is '1' ? at - 1 : at;
    }

    /// <summary>Like <see cref="Chars.NumberStandsAlone"/>, but an extension (<c>x12</c>) or a hyphenated word (<c>-Fax</c>) may follow.</summary>
    static bool StandsAlone(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        if (Chars.At(text, end) == '-' && end + 1 < text.Length && Trailing.LengthAt(text, end + 1) > 0)
            return !Chars.IsWord(Chars.At(text, start - 1));
        return !Chars.IsWord(EdgeAfter(text, end)) && Chars.NumberStandsAlone(text, start, ExtensionEnd(text, end) - start);
    }

    static char EdgeAfter(ReadOnlySpan<char> text, int end) => Chars.At(text, ExtensionEnd(text, end));

    static int ExtensionEnd(ReadOnlySpan<char> text, int end)
    {
        if (Chars.At(text, end) != 'x' || !char.IsAsciiDigit(Chars.At(text, end + 1)))
            return end;
        return end + 1 + Chars.TokenLength(text, end + 1, 8);
    }

    static bool IsLabelledAfter(ReadOnlySpan<char> text, int end)
    {
        end = ExtensionEnd(text, end);
        while (Chars.At(text, end) is '-' or '(' or ' ' && end < text.Length)
            end++;
        return end < text.Length && Trailing.LengthAt(text, end) > 0;
    }

    static (int End, int Digits) NumberEnd(ReadOnlySpan<char> text, int from)
    {
        var (end, digits) = (from, 0);
        for (var i = from; i < text.Length && i - from < 26; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
                (end, digits) = (i + 1, digits + 1);
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/') || c == Chars.At(text, i - 1))
                break;
        }
        return (end, digits);
    }

    /// <summary>3-3-4 with an area code and an exchange that begin with 2 to 9, and signs between.</summary>
    static bool IsNorthAmerican(ReadOnlySpan<char> written, ReadOnlySpan<char> digits)
    {
        var ten = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (ten.Length != 10 || ten[0] < '2' || ten[3] < '2' || written.Length < digits.Length + 2)
            return false;
        var last = written.Length - 5;
        return !char.IsAsciiDigit(written[last]) && !char.IsAsciiDigit(written[last - 4]) && !written[(last + 1)..].ContainsAnyExceptInRange('0', '9')
            && !written.Slice(last - 3, 3).ContainsAnyExceptInRange('0', '9') && !written.Contains('/');
    }

    static bool LooksLikeDate(ReadOnlySpan<char> written)
    {
        Span<int> groups = [0, 0, 0, 0];
        var (count, sign) = (0, '\0');
        foreach (var c in written)
        {
            if (char.IsAsciiDigit(c))
                groups[count]++;
            else if (count == 2 || sign != '\0' && c != sign || c is ' ' or '(' or ')')
                return false;
            else
                (count, sign) = (count + 1, c);
        }
        return count == 2 && (groups[0] == 4 && groups[1] <= 2 && groups[2] <= 2 || groups[0] <= 2 && groups[1] <= 2 && groups[2] is 2 or 4);
    }

    static bool IsGivenOut(ReadOnlySpan<char> number, string? region)
    {
        var directory = PhoneNumberUtil.GetInstance();
        try
        {
            return directory.IsValidNumber(directory.Parse(number.ToString(), region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
