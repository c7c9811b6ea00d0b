using System.Text.Json;
using System.Text.Json.Nodes;

namespace Interven.Console.Policies;

/// <summary>A rule while it is edited in the form.</summary>
public sealed class RuleDraft
{
    static readonly string[] Own = ["rule_id", "description", "priority", "match", "condition", "action"];

    public string RuleId { get; set; } = "";
    public string Description { get; set; } = "";
    public string Priority { get; set; } = "";
    public string Action { get; set; } = "REQUIRE_APPROVAL";
    public List<KeyDraft> Match { get; } = [];
    public List<KeyDraft> Condition { get; } = [];
    public List<KeyDraft> Modifiers { get; } = [];

    public static RuleDraft Of(JsonElement rule)
    {
        var draft = new RuleDraft
        {
            RuleId = Text(rule, "rule_id"),
            Description = Text(rule, "description"),
            Priority = rule.TryGetProperty("priority", out var priority) ? priority.GetRawText() : "",
            Action = Text(rule, "action"),
        };
        draft.Match.AddRange(KeysOf(rule, "match"));
        draft.Condition.AddRange(KeysOf(rule, "condition"));
        draft.Modifiers.AddRange(rule.EnumerateObject().Where(member => !Own.Contains(member.Name)).Select(KeyDraft.Of));
        return draft;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (RuleId.Trim().Length > 0)
            json["rule_id"] = RuleId.Trim();
        if (Description.Trim().Length > 0)
            json["description"] = Description.Trim();
        if (Priority.Trim().Length > 0)
            json["priority"] = KeyDraft.Literal(Priority);
        json["match"] = Object(Match);
        json["condition"] = Object(Condition);
        json["action"] = Action;
        foreach (var modifier in Modifiers)
            json[modifier.Key] = modifier.ToJson();
        return json;
    }

    static JsonObject Object(List<KeyDraft> keys)
    {
        var json = new JsonObject();
        foreach (var key in keys)
            json[key.Key] = key.ToJson();
        return json;
    }

    static IEnumerable<KeyDraft> KeysOf(JsonElement rule, string part) =>
        rule.TryGetProperty(part, out var keys) ? keys.EnumerateObject().Select(KeyDraft.Of) : [];

    static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}

/// <summary>One key of a rule with its value as it is typed: words between commas, or JSON.</summary>
public sealed class KeyDraft
{
    public required string Key { get; set; }
    public string Value { get; set; } = "";

    public static KeyDraft Of(JsonProperty member) => new() { Key = member.Name, Value = Typed(member.Value) };

    public JsonNode? ToJson() => Literal(Value);

    /// <summary>JSON where it reads as JSON; else one text, or a list of texts where there are commas.</summary>
    public static JsonNode? Literal(string typed)
    {
        var text = typed.Trim();
        if (text.Length > 0 && (text[0] is '[' or '{' or '"' or '-' || char.IsAsciiDigit(text[0]) || text is "true" or "false") && Pieces.Json.Parse(text) is { } json)
            return JsonNode.Parse(json.GetRawText());
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? new JsonArray([.. words.Select(word => (JsonNode?)JsonValue.Create(word))]) : JsonValue.Create(text);
    }

    static string Typed(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && IsWord(value.GetString()!) ? value.GetString()!
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && IsWord(item.GetString()!))
            ? string.Join(", ", value.EnumerateArray().Select(item => item.GetString()))
        : value.GetRawText();

    /// <summary>Would be read back as the same text.</summary>
    static bool IsWord(string text) => text.Length > 0 && text.Trim() == text && !text.Contains(',') && Literal(text) is JsonValue value && value.GetValueKind() == JsonValueKind.String;
}
