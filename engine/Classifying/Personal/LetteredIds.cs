using Interven.Contracts;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Personal;

/// <summary>National ids of digits and letters: what stands around a digit run makes the shape, most have a check letter.</summary>
static class LetteredIds
{
    static readonly WordSet NinoWords = new("nino", "national insurance", "nationalinsurance", "nationalinsurancenumber", "ni number", "insurance number", "ninumber");
    static readonly WordSet PanWords = new("pan", "permanent account", "pannumber", "pancard", "income tax");

    public static readonly IReadOnlyList<Detector> Detectors =
    [
        new("es_dni", new Trigger.Digits(7, 8), Spanish),
        new("sg_nric", new Trigger.Digits(7, 7), Singapore),
        new("fi_hetu", new Trigger.Digits(6, 10), Finnish),
        new("uk_nino", new Trigger.Digits(6, 6), British),
        new("in_pan", new Trigger.Digits(4, 4), Indian),
        new("it_fiscal_code", new Trigger.Digits(3, 3), Italian),
        new("de_social_security", new Trigger.Digits(8, 8), German),
    ];

    /// <summary>DNI: eight digits and the letter of their remainder by 23; NIE: X, Y or Z stands for a first digit.</summary>
    static void Spanish(in Probe probe)
    {
        var text = probe.Text;
        var first = Chars.At(text, probe.At - 1);
        var isForeigner = Chars.Upper(first) is 'X' or 'Y' or 'Z' || first == '-' && Chars.Upper(Chars.At(text, probe.At - 2)) is 'X' or 'Y' or 'Z';
        var start = !isForeigner ? probe.At : first == '-' ? probe.At - 2 : probe.At - 1;
        var end = probe.At + probe.Length + (Chars.At(text, probe.At + probe.Length) == '-' ? 2 : 1);
        if (end > text.Length || !char.IsAsciiLetter(text[end - 1]) || !Chars.StandsAlone(text, start, end - start))
            return;
        Span<char> digits = stackalloc char[8];
        var count = Chars.Compact(text.Slice(probe.At, probe.Length), digits);
        if (isForeigner && count != 7)
            return;
        var number = isForeigner ? Chars.Upper(text[start]) - 'X' : 0;
        foreach (var digit in digits[..count])
            number = number * 10 + digit - '0';
        if (Chars.Upper(text[end - 1]) == "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] && number > 99)
            probe.Report(Kinds.EsDni, Confidence.High, start, end - start);
    }

    /// <summary>Prefix S, T, F, G or M, seven digits, check letter.</summary>
    static void Singapore(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At - 1;
        if (start < 0 || probe.Length != 7 || probe.At + 8 > text.Length || !Chars.StandsAlone(text, start, 9))
            return;
        var sum = Checksums.Weighted.Sum(text.Slice(probe.At, 7), [2, 7, 6, 5, 4, 3, 2]);
        var expected = Chars.Upper(text[start]) switch
        {
            'S' => "JZIHGFEDCBA"[sum % 11],
            'T' => "JZIHGFEDCBA"[(sum + 4) % 11],
            'F' => "XWUTRQPNMLK"[sum % 11],
            'G' => "XWUTRQPNMLK"[(sum + 4) % 11],
            'M' => "XWUTRQPNJLK"[10 - (sum + 3) % 11],
            _ => '\0',
        };
        if (Chars.Upper(text[start + 8]) == expected)
            probe.Report(Kinds.SgNric, Confidence.High, start, 9);
    }

    /// <summary>Birth date, century sign, three digits, check character by the remainder of the nine digits by 31.</summary>
    static void Finnish(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At;
        // The run ends at a letter as century sign, or spans the hyphen.
        if (start + 11 > text.Length || Chars.At(text, start + 6) is not ('-' or '+' or >= 'A' and <= 'F' or >= 'U' and <= 'Y') || Chars.IsWord(Chars.At(text, start + 11))
            || char.IsAsciiDigit(Chars.At(text, start - 1)))
            return;
        Span<char> digits = stackalloc char[9];
        if (Chars.Compact(text.Slice(start, 6), digits) != 6 || Chars.Compact(text.Slice(start + 7, 3), digits[6..]) != 3 || digits.ContainsAnyExceptInRange('0', '9'))
            return;
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + digit - '0';
        var (day, month) = (number / 10_000_000, number / 100_000 % 100);
        if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2000, month) && number % 1000 >= 2 && text[start + 10] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31])
            probe.Report(Kinds.FiHetu, Confidence.High, start, 11);
    }

    /// <summary>Two letters that HMRC gives out, six digits, A to D. It has no check digit, but hardly anything else has the shape.</summary>
    static void British(in Probe probe)
    {
        var text = probe.Text;
        var end = probe.At + probe.Length;
        var suffix = Chars.At(text, end) == ' ' ? end + 1 : end;
        var prefix = probe.At - (Chars.At(text, probe.At - 1) == ' ' ? 3 : 2);
        if (prefix < 0 || !Chars.NumberStandsAlone(text, prefix, suffix + 1 - prefix) || Chars.Upper(Chars.At(text, suffix)) is < 'A' or > 'D')
            return;
        var (first, second) = (Chars.Upper(text[prefix]), Chars.Upper(text[prefix + 1]));
        if (!char.IsAsciiLetterUpper(first) || !char.IsAsciiLetterUpper(second) || "DFIQUV".Contains(first) || "DFIQUVO".Contains(second)
            || (first, second) is ('B', 'G') or ('G', 'B') or ('N', 'K') or ('K', 'N') or ('T', 'N') or ('N', 'T') or ('Z', 'Z'))
            return;
        // Six digits in pairs or none apart; with single blanks elsewhere it is prose.
        var shape = probe.Length == 6 || probe.Length == 8 && text[probe.At + 2] == ' ' && text[probe.At + 5] == ' ';
        if (shape)
            probe.Report(Kinds.UkNino, Surroundings.Mention(probe, prefix, suffix + 1 - prefix, NinoWords) ? Confidence.High : Confidence.Medium, prefix, suffix + 1 - prefix);
    }

    /// <summary>Five letters, the fourth for the kind of holder, four digits, a letter.</summary>
    static void Indian(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At - 5;
        if (start < 0 || probe.Length != 4 || start + 10 > text.Length || !char.IsAsciiLetter(text[probe.At - 1]) || !char.IsAsciiLetter(text[start + 9])
            || !Chars.StandsAlone(text, start, 10) || text.Slice(start, 5).ContainsAnyExcept(Letters) || !"ABCFGHLJPT".Contains(Chars.Upper(text[start + 3])))
            return;
        probe.Report(Kinds.InPan, Surroundings.Mention(probe, start, 10, PanWords) ? Confidence.Medium : Confidence.Low, start, 10);
    }

    /// <summary>Sixteen places; the trigger is the three digits of the birthplace.</summary>
    static void Italian(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At - 12;
        if (start < 0 || probe.Length != 3 || start + 16 > text.Length || !char.IsAsciiLetter(text[start + 15]) || !Chars.StandsAlone(text, start, 16))
            return;
        Span<char> code = stackalloc char[16];
        if (Chars.Compact(text.Slice(start, 16), code) == 16 && FiscalCode.HasShape(code))
            probe.Report(Kinds.ItFiscalCode, FiscalCode.IsValid(code) ? Confidence.High : Confidence.Medium, start, 16);
    }

    /// <summary>German pension insurance number: area, birth date, letter, serial, check digit.</summary>
    static void German(in Probe probe)
    {
        var text = probe.Text;
        var start = probe.At;
        if (probe.Length != 8 || start + 12 > text.Length || !char.IsAsciiLetterUpper(text[start + 8]) || !Chars.StandsAlone(text, start, 12)
            || text.Slice(start + 9, 3).ContainsAnyExceptInRange('0', '9'))
            return;
        Span<char> digits = stackalloc char[13];
        text.Slice(start, 8).CopyTo(digits);
        var letter = text[start + 8] - 'A' + 1;
        (digits[8], digits[9]) = ((char)('0' + letter / 10), (char)('0' + letter % 10));
        text.Slice(start + 9, 3).CopyTo(digits[10..]);
        ReadOnlySpan<byte> weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i] / 10 + (digits[i] - '0') * weights[i] % 10;
        var month = (digits[4] - '0') * 10 + digits[5] - '0';
        if (sum % 10 == digits[12] - '0' && month is >= 1 and <= 12)
            probe.Report(Kinds.DeSocialSecurity, Confidence.High, start, 12);
    }

    static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
