using System.Text.Encodings.Web;
using System.Text.Json;

namespace Interven.Engine.Alerts;

/// <summary>A redacted body as people read it: JSON, indented.</summary>
public static class ShownBody
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    public static ShownText Of(ReadOnlyMemory<byte> json, int most)
    {
        if (json.IsEmpty)
            return new("", true);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
            using var bytes = new MemoryStream();
            using (var writer = new Utf8JsonWriter(bytes, Indented))
                document.RootElement.WriteTo(writer);
            return ShownText.Of(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)), most, keepLines: true);
        }
        catch (JsonException)
        {
            return new("", false);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: it cannot be shown as it is.
            return new("", false);
        }
    }
}
