using System.Buffers;
using System.Globalization;
using System.Text;

namespace Interven.Engine.Reading;

/// <summary>Codes that stand for one character each: <c>%41</c>, <c>&amp;#65;</c>, <c>\u0041</c>.</summary>
static class CharacterCodes
{
    /// <summary>Longest HTML entity that is read, in characters.</summary>
    const int LongestEntity = 12;

    /// <summary>Reads <c>%XX</c> (as UTF-8, several of them for one character; a byte that is no UTF-8 as Latin-1) or <c>%uXXXX</c>.</summary>
    public static bool TryPercent(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        if (at + 2 < text.Length && text[at + 1] is 'u' or 'U')
            return TryHex(text, at + 2, 4, out var unit) && Done(6, unit, out consumed, out rune);
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < 4 && at + 3 * count < text.Length && text[at + 3 * count] == '%' && TryHex(text, at + 3 * count + 1, 2, out var value))
        {
            bytes[count++] = (byte)value;
            if (value < 0x80)
                break;
        }
        if (count == 0)
            return false;
        if (Rune.DecodeFromUtf8(bytes[..count], out rune, out var used) == OperationStatus.Done)
            consumed = 3 * used;
        else
            (consumed, rune) = (3, new Rune((char)bytes[0]));
        return true;
    }

    /// <summary>Reads a numeric HTML entity, with or without its semicolon, or a named one of <see cref="HtmlNames"/>.</summary>
    public static bool TryHtml(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        if (at + 2 < text.Length && text[at + 1] == '#')
            return TryNumericEntity(text, at, out consumed, out rune);
        var name = text[(at + 1)..Math.Min(text.Length, at + LongestEntity)];
        var end = name.IndexOf(';');
        if (end <= 0 || !HtmlNames.TryGet(name[..end], out var named))
            return false;
        return Done(end + 2, named, out consumed, out rune);
    }

    /// <summary>Reads a backslash escape of JSON, JavaScript, C, Python or YAML.</summary>
    public static bool TryEscape(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        if (at + 1 >= text.Length)
            return false;
        switch (text[at + 1])
        {
            case 'u' when at + 2 < text.Length && text[at + 2] == '{':
                return TryBraced(text, at, out consumed, out rune);
            case 'u':
                return TryUtf16(text, at, out consumed, out rune);
            case 'U':
                return TryHex(text, at + 2, 8, out var wide) && Done(10, wide, out consumed, out rune);
            case 'x':
                return TryHex(text, at + 2, 2, out var narrow) && Done(4, narrow, out consumed, out rune);
            case >= '0' and <= '3' when at + 3 < text.Length && text[at + 2] is >= '0' and <= '7' && text[at + 3] is >= '0' and <= '7':
                return Done(4, (text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 + text[at + 3] - '0', out consumed, out rune);
            default:
                var simple = "\"\\/'bfnrt".IndexOf(text[at + 1], StringComparison.Ordinal);
                return simple >= 0 && Done(2, "\"\\/'\b\f\n\r\t"[simple], out consumed, out rune);
        }
    }

    static bool TryUtf16(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        if (!TryHex(text, at + 2, 4, out var unit))
            return false;
        if (char.IsHighSurrogate((char)unit) && at + 7 < text.Length && text[at + 6] == '\\' && text[at + 7] == 'u'
            && TryHex(text, at + 8, 4, out var low) && char.IsLowSurrogate((char)low))
            return Done(12, char.ConvertToUtf32((char)unit, (char)low), out consumed, out rune);
        return Done(6, unit, out consumed, out rune);
    }

    static bool TryBraced(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        var end = text[at..Math.Min(text.Length, at + 11)].IndexOf('}');
        return end > 3 && TryHex(text, at + 3, end - 3, out var value) && Done(end + 1, value, out consumed, out rune);
    }

    static bool TryNumericEntity(ReadOnlySpan<char> text, int at, out int consumed, out Rune rune)
    {
        (consumed, rune) = (0, default);
        var hex = text[at + 2] is 'x' or 'X';
        var from = at + (hex ? 3 : 2);
        var end = from;
        while (end < text.Length && end - from < 8 && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
            end++;
        if (!int.TryParse(text[from..end], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        var semicolon = end < text.Length && text[end] == ';' ? 1 : 0;
        return Done(end - at + semicolon, value, out consumed, out rune);
    }

    static bool TryHex(ReadOnlySpan<char> text, int at, int digits, out int value)
    {
        value = 0;
        return at + digits <= text.Length
            && int.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    static bool Done(int length, int value, out int consumed, out Rune rune)
    {
        consumed = length;
        if (!Rune.TryCreate(value, out rune))
            rune = Rune.ReplacementChar;
        return true;
    }
}
