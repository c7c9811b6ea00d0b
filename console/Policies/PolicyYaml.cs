using System.Text;
using System.Text.Json;

namespace Interven.Console.Policies;

/// <summary>Writes a policy's JSON as the YAML that means the same: block style, plain words where they read as texts, JSON quotes elsewhere.</summary>
static class PolicyYaml
{
    static readonly string[] Reserved = ["true", "false", "null", "~", "True", "False", "Null", "TRUE", "FALSE", "NULL"];

    public static string Write(JsonElement json)
    {
        var text = new StringBuilder();
        Members(text, json, 0);
        return text.ToString();
    }

    static void Members(StringBuilder text, JsonElement map, int indent)
    {
        var isFirst = true;
        foreach (var member in map.EnumerateObject())
        {
            // The first member of a list's entry stands behind its dash.
            if (!isFirst || text.Length == 0 || text[^1] == '\n')
                text.Append(' ', indent);
            isFirst = false;
            text.Append(Scalar(member.Name)).Append(':');
            Value(text, member.Value, indent + 2);
        }
    }

    static void Value(StringBuilder text, JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                text.Append('\n');
                Members(text, value, indent);
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(IsScalar):
                text.Append(" [").AppendJoin(", ", value.EnumerateArray().Select(item => Flow(item))).Append("]\n");
                break;
            case JsonValueKind.Array:
                text.Append('\n');
                foreach (var item in value.EnumerateArray())
                    Entry(text, item, indent);
                break;
            case JsonValueKind.Object:
                text.Append(" {}\n");
                break;
            default:
                text.Append(' ').Append(Flow(value)).Append('\n');
                break;
        }
    }

    static void Entry(StringBuilder text, JsonElement item, int indent)
    {
        text.Append(' ', indent).Append("- ");
        if (item.ValueKind == JsonValueKind.Object && item.EnumerateObject().Any())
            Members(text, item, indent + 2);
        else
            text.Append(item.GetRawText()).Append('\n');
    }

    static bool IsScalar(JsonElement json) => json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    static string Flow(JsonElement scalar) => scalar.ValueKind == JsonValueKind.String ? Scalar(scalar.GetString()!) : scalar.GetRawText();

    static string Scalar(string text) => IsPlain(text) ? text : JsonSerializer.Serialize(text, Interven.Contracts.ContractJson.Default.String);

    /// <summary>Narrower than YAML: what is in doubt is quoted.</summary>
    static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '$' or '_') && text[^1] != ' ' && !Reserved.Contains(text)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/' or '$' or '*' or '(' or ')' or '@');
}
