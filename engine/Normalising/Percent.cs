using System.Text;

namespace Interven.Engine.Normalising;

/// <summary>Percent-encoding (RFC 3986, section 2.1) in the one spelling: letters that need none are plain, hex digits upper-case, all else encoded.</summary>
static class Percent
{
    const string Hex = "0123456789ABCDEF";

    /// <summary>Appends the character or escape at <paramref name="at"/> of a path or query, and moves past it.</summary>
    public static void Append(ref CharBuffer to, ReadOnlySpan<char> text, ref int at)
    {
        var c = text[at];
        if (c == '%' && TryByte(text, at, out var value))
        {
            at += 3;
            if (IsUnreserved((char)value))
                to.Append((char)value);
            else
                AppendByte(ref to, value);
            return;
        }
        if (c is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '`' or '{' or '}' or '^' or '|'))
        {
            to.Append(c);
            at++;
            return;
        }
        Rune.DecodeFromUtf16(text[at..], out var rune, out var used);
        at += used;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var one in utf8[..rune.EncodeToUtf8(utf8)])
            AppendByte(ref to, one);
    }

    /// <summary>The text with every escape decoded as UTF-8, and <c>+</c> as a space where <paramref name="form"/> says so.</summary>
    public static string Decode(ReadOnlySpan<char> text, bool form = false)
    {
        if (!text.Contains('%') && !(form && text.Contains('+')))
            return text.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            if (TryByte(text, at, out var value))
            {
                bytes[length++] = value;
                at += 3;
                continue;
            }
            var rune = Rune.ReplacementChar;
            Rune.DecodeFromUtf16(text[at..], out rune, out var used);
            length += (form && rune.Value == '+' ? new Rune(' ') : rune).EncodeToUtf8(bytes.AsSpan(length));
            at += used;
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    static bool TryByte(ReadOnlySpan<char> text, int at, out byte value)
    {
        value = 0;
        if (text[at] != '%' || at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            return false;
        value = (byte)(Digit(text[at + 1]) << 4 | Digit(text[at + 2]));
        return true;
    }

    static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    static void AppendByte(ref CharBuffer to, byte value)
    {
        to.Append('%');
        to.Append(Hex[value >> 4]);
        to.Append(Hex[value & 15]);
    }
}
