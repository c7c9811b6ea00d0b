using System.Globalization;

namespace Interven.Engine.Normalising;

/// <summary>IPv4 in all the forms that resolvers take: one to four parts, decimal, octal or hex (WHATWG URL, section 3.5; inet_aton).</summary>
static class Ipv4
{
    public static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        if (!char.IsAsciiHexDigit(host[^1]) && host[^1] is not ('x' or 'X'))
            return false;
        var last = host[(host.LastIndexOf('.') + 1)..];
        return !last.IsEmpty && (!last.ContainsAnyExceptInRange('0', '9') || TryPart(last, out _));
    }

    public static bool TryRead(ReadOnlySpan<char> host, out string address)
    {
        address = "";
        Span<ulong> parts = stackalloc ulong[4];
        var count = 0;
        foreach (var range in host.Split('.'))
        {
            if (count == 4 || !TryPart(host[range], out parts[count]))
                return false;
            count++;
        }
        var value = parts[count - 1];
        if (value >= 1UL << (8 * (5 - count)))
            return false;
        for (var i = 0; i < count - 1; i++)
        {
            if (parts[i] > 255)
                return false;
            value |= parts[i] << (8 * (3 - i));
        }
        address = string.Create(CultureInfo.InvariantCulture, $"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}");
        return true;
    }

    static bool TryPart(ReadOnlySpan<char> part, out ulong value)
    {
        value = 0;
        if (part.IsEmpty)
            return false;
        if (part is ['0', 'x' or 'X', .. var hex])
            return hex.IsEmpty || hex.Length < 16 && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        if (part.Length > 12)
            return false;
        var radix = part.Length > 1 && part[0] == '0' ? 8UL : 10UL;
        foreach (var c in part)
        {
            if (c < '0' || c >= '0' + (int)radix)
                return false;
            value = value * radix + (ulong)(c - '0');
        }
        return true;
    }
}
