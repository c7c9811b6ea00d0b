using System.Buffers;
using System.Text;

namespace Interven.Engine.Sanitising;

/// <summary>Writes the text of JSON strings: escapes what RFC 8259 demands and nothing else.</summary>
static class JsonText
{
    static readonly SearchValues<char> Escaped = SearchValues.Create(['"', '\\', .. Enumerable.Range(0, 32).Select(i => (char)i)]);

    public static void Write(ArrayBufferWriter<byte> into, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var stop = text.IndexOfAny(Escaped);
            Encoding.UTF8.GetBytes(stop < 0 ? text : text[..stop], into);
            if (stop < 0)
                return;
            WriteEscape(into, text[stop]);
            text = text[(stop + 1)..];
        }
    }

    static void WriteEscape(ArrayBufferWriter<byte> into, char c)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        into.Write(c switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', digits[c >> 4], digits[c & 15]],
        });
    }
}
