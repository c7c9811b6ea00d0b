using System.Text.Json.Nodes;
using Interven.Contracts;
using Interven.Contracts.Incidents;

namespace Interven.Console.Settings;

/// <summary>Writes a change of settings with just the members that change: in this API, absent and null are not the same.</summary>
static class SettingsPatch
{
    public static string Of(
        int ttl, int grant, int deny, RiskThresholds thresholds, DefaultActions actions, IReadOnlyList<string> domains, IReadOnlyList<string> markers, bool duties, int keyRate) => new JsonObject
        {
            ["approval_ttl_seconds"] = ttl,
            ["grant_window_seconds"] = grant,
            ["deny_window_seconds"] = deny,
            ["thresholds"] = new JsonObject { ["high"] = thresholds.High?.Word(), ["critical"] = thresholds.Critical?.Word() },
            ["default_actions"] = new JsonObject { ["read"] = actions.Read.Word(), ["write"] = actions.Write.Word(), ["admin"] = actions.Admin.Word() },
            ["internal_domains"] = Texts(domains),
            ["internal_markers"] = Texts(markers),
            ["separation_of_duties"] = duties,
            ["key_scans_per_minute"] = keyRate,
        }.ToJsonString(Pieces.Json.NodeOptions);

    public static string Retention(int? days) => new JsonObject { ["retention_days"] = days }.ToJsonString(Pieces.Json.NodeOptions);

    public static string Incidents(IncidentSettings it) => new JsonObject
    {
        ["incidents"] = new JsonObject
        {
            ["critical_deny"] = it.CriticalDeny,
            ["threat_intel"] = it.ThreatIntel,
            ["ephemeral_scope"] = it.EphemeralScope,
            ["read_then_write"] = it.ReadThenWrite,
            ["repeated_deny"] = it.RepeatedDeny,
            ["repeated_deny_minutes"] = it.RepeatedDenyMinutes,
            ["trust_collapse"] = it.TrustCollapse,
            ["trust_collapse_minutes"] = it.TrustCollapseMinutes,
            ["join_minutes"] = it.JoinMinutes,
        },
    }.ToJsonString(Pieces.Json.NodeOptions);

    static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
