using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>Slack's own limits: one element over one of them, and the whole message is refused.</summary>
public static class MessageCheck
{
    /// <summary>Slack's word for what is wrong, and ours for where; null where nothing is.</summary>
    public static (string Error, string Where)? Problem(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return ("invalid_payload", "not an object");
        var hasText = message.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;
        if (hasText && text.GetString()!.Length > 40_000)
            return ("msg_too_long", "text");
        if (!message.TryGetProperty("blocks", out var blocks))
            return hasText ? null : ("no_text", "neither text nor blocks");
        if (blocks.ValueKind != JsonValueKind.Array || blocks.GetArrayLength() is 0 or > 50)
            return ("invalid_blocks", "1 to 50 blocks");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in blocks.EnumerateArray())
            if (Block(block, ids) is { } where)
                return ("invalid_blocks", where);
        return null;
    }

    static string? Block(JsonElement block, HashSet<string> ids)
    {
        var id = Text(block, "block_id");
        if (id is not null && (id.Length is 0 or > 255 || !ids.Add(id)))
            return "block_id";
        return Text(block, "type") switch
        {
            "header" => block.TryGetProperty("text", out var text) && Text(text, "type") == "plain_text" ? Object(text, 150, "header") : "header needs plain_text",
            "section" => Section(block),
            "context" => List(block, "elements", 10, element => Object(element, 2000, "context")),
            "actions" => List(block, "elements", 25, Button),
            "divider" => null,
            var type => $"unknown block {type}",
        };
    }

    static string? Section(JsonElement block)
    {
        var hasText = block.TryGetProperty("text", out var text);
        var hasFields = block.TryGetProperty("fields", out _);
        if (!hasText && !hasFields)
            return "section without text and fields";
        return (hasText ? Object(text, 3000, "section") : null) ?? (hasFields ? List(block, "fields", 10, field => Object(field, 2000, "field")) : null);
    }

    static string? Button(JsonElement button)
    {
        if (Text(button, "type") != "button" || !button.TryGetProperty("text", out var text) || Text(text, "type") != "plain_text")
            return "button";
        if (Text(button, "action_id") is not { Length: > 0 and <= 255 })
            return "action_id";
        if (Text(button, "value") is { Length: > 2000 } || Text(button, "url") is { Length: > 3000 } || Text(button, "style") is not (null or "primary" or "danger"))
            return "button value, url or style";
        if (button.TryGetProperty("confirm", out var confirm))
            return Object(text, 75, "button") ?? Part(confirm, "title", 100) ?? Part(confirm, "text", 300) ?? Part(confirm, "confirm", 30) ?? Part(confirm, "deny", 30);
        return Object(text, 75, "button");
    }

    static string? Part(JsonElement owner, string name, int most) => owner.TryGetProperty(name, out var text) ? Object(text, most, name) : $"confirm without {name}";

    static string? Object(JsonElement text, int most, string where)
    {
        if (Text(text, "type") is not ("plain_text" or "mrkdwn"))
            return $"{where}: type of text";
        if (Text(text, "type") == "mrkdwn" && text.TryGetProperty("emoji", out _) || Text(text, "type") == "plain_text" && text.TryGetProperty("verbatim", out _))
            return $"{where}: a member of the other type";
        return Text(text, "text") is not { Length: > 0 } words ? $"{where}: empty" : words.Length > most ? $"{where}: {words.Length} over {most}" : null;
    }

    static string? List(JsonElement owner, string name, int most, Func<JsonElement, string?> check)
    {
        if (!owner.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0 || list.GetArrayLength() > most)
            return $"1 to {most} {name}";
        return list.EnumerateArray().Select(check).FirstOrDefault(problem => problem is not null);
    }

    static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
