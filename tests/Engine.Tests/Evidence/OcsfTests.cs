using System.Text.Json;
using Interven.Contracts;

namespace Interven.Engine.Tests.Evidence;

/// <summary>Events as the published schema wants them: nothing it does not know, everything it asks for, numbers from its lists.</summary>
public class OcsfTests
{
    static readonly JsonElement Schema = JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "evidence", "ocsf-api-activity.json")));

    /// <summary>Of these the schema's own numbers are those of the base class.</summary>
    static readonly string[] Own = ["class_uid", "category_uid"];

    public static TheoryData<Decision, string, int, int, string?> Outcomes() => new()
    {
        { Decision.Allow, "", 1, 1, null },
        { Decision.Deny, "SECRET_DETECTED", 2, 2, "secret_detected" },
        { Decision.Sanitize, "PII_DETECTED", 4, 11, "pii_detected" },
        { Decision.RequireApproval, "HIGH_VALUE", 2, 14, "high_value" },
        { Decision.Allow, "APPROVED_BY_REVIEWER", 1, 8, "approved_by_reviewer" },
        { Decision.Allow, "RECENT_APPROVAL_GRANT", 1, 8, "recent_approval_grant" },
        { Decision.Deny, "DENIED_BY_REVIEWER", 2, 25, "denied_by_reviewer" },
        { Decision.Deny, "APPROVAL_EXPIRED", 2, 2, "approval_expired" },
        { Decision.Deny, "AUDIT_UNAVAILABLE", 2, 27, "audit_unavailable" },
        { Decision.Deny, "ENGINE_UNAVAILABLE", 2, 27, "engine_unavailable" },
    };

    [Theory, MemberData(nameof(Outcomes))]
    public void A_decision_becomes_the_action_and_disposition_of_the_table(Decision decision, string reason, int action, int disposition, string? code)
    {
        var made = Event(Made.Record(decision: decision, reasons: reason.Length == 0 ? [] : [reason]));
        Assert.Equal((action, disposition), (made.GetProperty("action_id").GetInt32(), made.GetProperty("disposition_id").GetInt32()));
        Assert.Equal(code, made.TryGetProperty("status_code", out var status) ? status.GetString() : null);
        Assert.Empty(Faults(made));
    }

    [Fact]
    public void Every_kind_of_call_validates()
    {
        foreach (var verb in Enum.GetValues<Verb>())
            foreach (var method in (string[])["GET", "post", "PUT", "PATCH", "DELETE", "CONNECT"])
                foreach (var (ip, runtime, hasRule) in ((string, string, bool)[])[("203.0.113.7", "langgraph", true), ("", "", false), ("2001:db8::1", "mcp", true)])
                {
                    var made = Event(Made.Record(verb: verb, method: method, ip: ip, runtime: runtime, hasRule: hasRule));
                    Assert.Equal(6003, made.GetProperty("class_uid").GetInt32());
                    Assert.Equal(6003 * 100 + made.GetProperty("activity_id").GetInt32(), made.GetProperty("type_uid").GetInt64());
                    Assert.Empty(Faults(made));
                }
    }

    [Fact]
    public void The_validator_sees_what_is_wrong()
    {
        var made = JsonSerializer.SerializeToNode(Event(Made.Record()))!.AsObject();
        made.Remove("actor");
        made["colour"] = "red";
        made["severity_id"] = 17;
        made["time"] = "today";
        made["api"]!.AsObject().Remove("operation");
        Assert.Equal(["actor is missing", "api.operation is missing", "colour is not known", "severity_id is none of the schema's numbers", "time is no long_t"],
            Faults(JsonSerializer.SerializeToElement(made)).Order(StringComparer.Ordinal));
    }

    static JsonElement Event(Interven.Engine.Evidence.Export.ExportRecord record) => ExportTests.Parse(Assert.Single(ExportTests.Lines("ocsf", record)));

    static IEnumerable<string> Faults(JsonElement made) => Faults(made, Schema.GetProperty("classes").GetProperty("api_activity"), "");

    static IEnumerable<string> Faults(JsonElement made, JsonElement schema, string path)
    {
        var attributes = schema.GetProperty("attributes");
        foreach (var attribute in attributes.EnumerateObject())
            if (attribute.Value.TryGetProperty("required", out _) && !made.TryGetProperty(attribute.Name, out _))
                yield return $"{path}{attribute.Name} is missing";
        if (schema.TryGetProperty("at_least_one", out var some) && !some.EnumerateArray().Any(name => made.TryGetProperty(name.GetString()!, out _)))
            yield return $"{path} has none of {some}";
        foreach (var member in made.EnumerateObject())
            if (!attributes.TryGetProperty(member.Name, out var attribute))
                yield return $"{path}{member.Name} is not known";
            else
                foreach (var fault in Faults(member, attribute, path))
                    yield return fault;
    }

    static IEnumerable<string> Faults(JsonProperty member, JsonElement attribute, string path)
    {
        var values = attribute.TryGetProperty("array", out _) ? [.. member.Value.EnumerateArray()] : new[] { member.Value };
        foreach (var value in values)
            if (attribute.TryGetProperty("object", out var name))
            {
                if (Schema.GetProperty("objects").TryGetProperty(name.GetString()!, out var inner))
                    foreach (var fault in Faults(value, inner, path + member.Name + "."))
                        yield return fault;
                else if (member.Name != "unmapped")
                    yield return $"{path}{member.Name} is of an object that the cut-down schema lacks";
            }
            else if (!Fits(value, attribute.GetProperty("type").GetString()!))
                yield return $"{path}{member.Name} is no {attribute.GetProperty("type").GetString()}";
            else if (!Own.Contains(member.Name) && attribute.TryGetProperty("enum", out var list) && !list.EnumerateArray().Any(one => one.GetString() == value.ToString()))
                yield return $"{path}{member.Name} is none of the schema's numbers";
    }

    static bool Fits(JsonElement value, string type) => type switch
    {
        "integer_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "long_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean_t" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.String,
    };
}
