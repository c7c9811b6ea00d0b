using System.Text.Json;
using System.Text.Json.Nodes;
using Interven.Contracts.Errors;

namespace Interven.Grains.Settings;

/// <summary>Lays a change over settings, member by member: null says "none", absent says "as it is". A misspelt setting is refused, for whoever sends it believes that it counts; what this endpoint only shows may come back as it is.</summary>
static class SettingsPatch
{
    const string Thresholds = "thresholds";

    /// <summary>Members that this endpoint shows and does not change.</summary>
    static readonly Dictionary<string, string> Fixed = new(StringComparer.Ordinal)
    {
        ["environments"] = "Environments are made and removed under /api/environments.",
        ["retention_last_pruned_at"] = "This is noted by the retention run.",
    };

    public static (TenantSettings? Settings, IReadOnlyList<FieldError> Problems) Apply(TenantSettings before, byte[] change)
    {
        var problems = new List<FieldError>();
        var merged = JsonSerializer.SerializeToNode(before, ContractJson.Default.TenantSettings)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            if (Fixed.TryGetValue(name, out var why))
            {
                if (!JsonNode.DeepEquals(merged[name], value))
                    problems.Add(new("$." + name, why));
            }
            else if (name == Thresholds)
                MergeThresholds(merged["risk"]!.AsObject(), value, problems);
            else
                Merge(merged, name, value, "$." + name, problems);
        if (problems.Count > 0)
            return (null, problems);
        try
        {
            var after = merged.Deserialize(ContractJson.Default.TenantSettings)!;
            problems = SettingsRules.Check(after);
            return (problems.Count == 0 ? after : null, problems);
        }
        catch (JsonException e)
        {
            return (null, [new(e.Path ?? "$", "The value has the wrong type.")]);
        }
    }

    static void Merge(JsonObject into, string name, JsonNode? value, string path, List<FieldError> problems)
    {
        if (!into.ContainsKey(name))
            problems.Add(new(path, "There is no such setting."));
        else if (into[name] is JsonObject inner && value is JsonObject members)
            foreach (var (member, part) in members)
                Merge(inner, member, part, $"{path}.{member}", problems);
        else if (into[name] is JsonObject)
            problems.Add(new(path, "An object is required."));
        else
            into[name] = value?.DeepClone();
    }

    static void MergeThresholds(JsonObject risk, JsonNode? value, List<FieldError> problems)
    {
        if (value is not JsonObject bands)
        {
            problems.Add(new("$." + Thresholds, "An object with `high` and `critical` is required."));
            return;
        }
        foreach (var (band, action) in bands)
            if (band is "high" or "critical")
                risk["on_" + band] = action?.DeepClone();
            else
                problems.Add(new($"$.{Thresholds}.{band}", "The thresholds are `high` and `critical`."));
    }
}
