using System.Text;
using System.Text.Json;
using Interven.ApiFrontend.Errors;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Inbound;

/// <summary>A body on its way through: as it came, and as the scan sees it.</summary>
sealed class InboundBody
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly JsonDocumentOptions StrictJson = new() { MaxDepth = 60, AllowDuplicateProperties = false };

    readonly bool isJson;
    readonly string text = "";
    readonly Encoding encoding = Strict;

    InboundBody(byte[] bytes, bool isJson, string text, Encoding encoding) => (Bytes, this.isJson, this.text, this.encoding) = (bytes, isJson, text, encoding);

    public byte[] Bytes { get; }

    /// <summary>Null with the refusal: a body that says it is JSON must be JSON that everyone reads alike.</summary>
    public static (InboundBody? Body, Refusal? Refusal) Of(byte[] bytes, string? contentType)
    {
        if (IsJson(contentType, bytes))
            return IsStrict(bytes) ? (new(bytes, true, "", Strict), null)
                : (null, Problems.Invalid("$", "The body is not JSON that every reader takes alike: malformed, too deep, or a key twice in one object."));
        try
        {
            return (new(bytes, false, Strict.GetString(bytes), Strict), null);
        }
        catch (ArgumentException)
        {
            // Bytes of no text: each becomes one character, so that text among them is seen and a redaction can be written back.
            return (new(bytes, false, Encoding.Latin1.GetString(bytes), Encoding.Latin1), null);
        }
    }

    public void WriteTo(Utf8JsonWriter json, string member)
    {
        if (Bytes.Length == 0)
            return;
        json.WritePropertyName(member);
        if (isJson)
            json.WriteRawValue(Bytes);
        else
            json.WriteStringValue(text);
    }

    /// <summary>The bytes to send instead; null where the redacted value has not the body's own shape.</summary>
    public byte[]? Redacted(JsonElement sanitised)
    {
        if (isJson)
            return Encoding.UTF8.GetBytes(sanitised.GetRawText());
        if (sanitised.ValueKind != JsonValueKind.String)
            return null;
        var redacted = sanitised.GetString()!;
        return encoding == Encoding.Latin1 && redacted.Any(c => c > 255) ? null : encoding.GetBytes(redacted);
    }

    static bool IsJson(string? contentType, byte[] bytes)
    {
        var type = contentType?.Split(';')[0].Trim() ?? "";
        return bytes.Length > 0 && (type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || type.Length == 0 && bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]);
    }

    static bool IsStrict(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, StrictJson);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
