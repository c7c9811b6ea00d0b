using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Interven.Engine.Tests.Deciding;

/// <summary>The ways in which a text can be hidden from a gateway that reads only what is plainly there.</summary>
static class Mask
{
    static readonly Dictionary<string, Func<string, string>> Ways = new(StringComparer.Ordinal)
    {
        ["plain text"] = text => text,
        ["JSON in a string"] = text => JsonSerializer.Serialize(new Dictionary<string, string> { ["note"] = text }),
        ["JSON in JSON in a string"] = text => JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["b"] = text }) }),
        ["base64"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ["base64url"] = text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ["base64 twice"] = text => Of("base64", Of("base64", text)),
        ["base64 of JSON"] = text => Of("base64", Of("JSON in a string", text)),
        ["hex"] = text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        ["zero-width signs"] = text => string.Join('\u200b', text.ToCharArray()),
        ["soft hyphens"] = text => string.Concat(text.Select((c, i) => i % 3 == 2 ? c + "\u00ad" : c.ToString())),
        ["full-width letters and digits"] = text => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? (char)(c + 0xFEE0) : c)),
        ["Cyrillic look-alikes"] = text => string.Concat(text.Select(c => "aeopcxyABEKMHOPCTX".IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? "аеорсхуАВЕКМНОРСТХ"[at] : c)),
        ["percent signs"] = text => string.Concat(Encoding.UTF8.GetBytes(text).Select(one => $"%{one:X2}")),
        ["HTML entities"] = text => string.Concat(text.Select(c => $"&#{(int)c};")),
        ["a form"] = text => "channel=C024BE91L&text=" + Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal),
        ["gzip in base64"] = text => Convert.ToBase64String(Zipped(Encoding.UTF8.GetBytes(text))),
        ["a zip bomb"] = text => Convert.ToBase64String(Zipped([.. Encoding.UTF8.GetBytes(new string('x', 8_000_000)), .. Encoding.UTF8.GetBytes(text)])),
    };

    /// <summary>Every way that must be seen through.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Ways.Keys.Except(["a zip bomb"])];

    public static string Of(string name, string text) => Ways[name](text);

    static byte[] Zipped(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
            zip.Write(bytes);
        return packed.ToArray();
    }
}
