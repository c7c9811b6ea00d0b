using System.Text.Json;
using System.Text.Unicode;

namespace Interven.ApiFrontend.Http;

/// <summary>What every request body must be before its members are looked at: an object in UTF-8, no deeper than 64, no duplicate keys, finite numbers, whole characters.</summary>
static class StrictJson
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The fault and its place, or null.</summary>
    public static (string Path, string Message)? Fault(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8))
            return ("$", "The body is not valid UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Fault(document.RootElement, "$") : ("$", "The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            return ("$", $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): malformed, deeper than 64 levels, or a key twice in one object.");
        }
        catch (InvalidOperationException)
        {
            return ("$", "A key or a text holds half of a surrogate pair.");
        }
    }

    static (string, string)? Fault(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number when !double.IsFinite(element.GetDouble()):
                return (path, "The number is out of range.");
            case JsonValueKind.String:
                element.GetString();
                return null;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    if (Fault(item, $"{path}[{index++}]") is { } fault)
                        return fault;
                return null;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    if (Fault(member.Value, $"{path}.{member.Name}") is { } fault)
                        return fault;
                return null;
            default:
                return null;
        }
    }
}
