using System.Text.Json;
using System.Text.Json.Nodes;
using Interven.Engine.Policies;

namespace Interven.Console.Policies;

/// <summary>A policy while it is edited in the form.</summary>
public sealed class PolicyDraft
{
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public string EnvName { get; set; } = "";
    public bool Enabled { get; set; } = true;
    public string Mode { get; set; } = "enforce";
    public string Tags { get; set; } = "";
    public List<RuleDraft> Rules { get; } = [];

    /// <summary>A new policy, with a rule to begin with.</summary>
    public static PolicyDraft New()
    {
        var draft = new PolicyDraft();
        draft.Rules.Add(new() { RuleId = "rule-1" });
        return draft;
    }

    /// <summary>From a document that the reader has taken; flat rules come out nested.</summary>
    public static PolicyDraft Of(PolicyDocument policy)
    {
        using var json = JsonDocument.Parse(policy.ToCanonicalJson());
        var draft = new PolicyDraft
        {
            Name = policy.Name,
            Description = policy.Description,
            EnvName = policy.EnvName ?? "",
            Enabled = policy.Enabled,
            Mode = policy.Mode == PolicyMode.Monitor ? "monitor" : "enforce",
            Tags = string.Join(", ", policy.ComplianceTags),
        };
        draft.Rules.AddRange(json.RootElement.GetProperty("rules").EnumerateArray().Select(RuleDraft.Of));
        return draft;
    }

    public string ToJson()
    {
        var json = new JsonObject { ["name"] = Name.Trim() };
        if (Description.Trim().Length > 0)
            json["description"] = Description.Trim();
        if (EnvName.Length > 0)
            json["env_name"] = EnvName;
        if (!Enabled)
            json["enabled"] = false;
        if (Mode != "enforce")
            json["mode"] = Mode;
        if (Tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } tags)
            json["compliance_tags"] = new JsonArray([.. tags.Select(tag => (JsonNode?)JsonValue.Create(tag))]);
        json["rules"] = new JsonArray([.. Rules.Select(rule => (JsonNode?)rule.ToJson())]);
        return json.ToJsonString(Pieces.Json.NodeOptions);
    }
}
