using Interven.Contracts.Errors;
using Interven.Contracts.Incidents;
using Interven.Engine.Normalising;

namespace Interven.Grains.Settings;

/// <summary>What settings may say.</summary>
static class SettingsRules
{
    const int MostEntries = 200, LongestMarker = 100, ShortestMarker = 3, MostMinutes = 1440;

    public static List<FieldError> Check(TenantSettings settings)
    {
        var problems = new List<FieldError>();
        if (settings.RetentionDays is not (null or 30 or 90 or 365))
            problems.Add(new("$.retention_days", "Records are kept for 30, 90 or 365 days, or for ever (null)."));
        Within(settings.ApprovalTtlSeconds, 60, 86_400, "$.approval_ttl_seconds", problems);
        Within(settings.GrantWindowSeconds, 10, 86_400, "$.grant_window_seconds", problems);
        Within(settings.DenyWindowSeconds, 0, 86_400, "$.deny_window_seconds", problems);
        Within(settings.KeyScansPerMinute, 1, 1_000_000, "$.key_scans_per_minute", problems);
        if (settings.TenantScansPerMinute is { } scans)
            Within(scans, 1, 10_000_000, "$.tenant_scans_per_minute", problems);
        CheckRisk(settings.Risk, problems);
        CheckActions(settings.DefaultActions, problems);
        CheckIncidents(settings.Incidents, problems);
        CheckEntries(settings.InternalDomains, "$.internal_domains", domain => new InternalDomains([domain]).HasOwn, "A domain such as example.com.", problems);
        CheckEntries(settings.InternalMarkers, "$.internal_markers", marker => marker.Trim().Length is >= ShortestMarker and <= LongestMarker && !marker.Any(char.IsControl),
            $"A phrase of {ShortestMarker} to {LongestMarker} characters.", problems);
        return problems;
    }

    static void CheckRisk(RiskSettings? risk, List<FieldError> problems)
    {
        if (risk is null)
        {
            problems.Add(new("$.risk", "An object is required."));
            return;
        }
        var weights = new (string Name, double Value)[]
        {
            ("classifier_weight", risk.ClassifierWeight), ("baseline_weight", risk.BaselineWeight), ("correlation_weight", risk.CorrelationWeight),
            ("threat_intel_weight", risk.ThreatIntelWeight), ("intent_weight", risk.IntentWeight),
        };
        foreach (var (name, value) in weights)
            if (value is not (>= 0 and <= 1))
                problems.Add(new("$.risk." + name, "A weight lies between 0 and 1."));
        if (weights.Sum(weight => weight.Value) <= 0)
            problems.Add(new("$.risk", "At least one engine must have weight."));
        if (!(risk.MediumFrom > 0 && risk.MediumFrom < risk.HighFrom && risk.HighFrom < risk.CriticalFrom && risk.CriticalFrom <= 1))
            problems.Add(new("$.risk", "The borders must rise: 0 < medium_from < high_from < critical_from ≤ 1."));
        CheckThreshold(risk.OnHigh, "high", problems);
        CheckThreshold(risk.OnCritical, "critical", problems);
    }

    static void CheckThreshold(Decision? action, string band, List<FieldError> problems)
    {
        if (action is not (null or Decision.RequireApproval or Decision.Deny))
            problems.Add(new($"$.risk.on_{band}", "A band raises a decision to REQUIRE_APPROVAL or DENY, or to nothing (null)."));
    }

    static void CheckActions(DefaultActions? actions, List<FieldError> problems)
    {
        if (actions is null || !Enum.IsDefined(actions.Read) || !Enum.IsDefined(actions.Write) || !Enum.IsDefined(actions.Admin))
            problems.Add(new("$.default_actions", "Each of read, write and admin is ALLOW, SANITIZE, REQUIRE_APPROVAL or DENY."));
    }

    static void CheckIncidents(IncidentSettings? incidents, List<FieldError> problems)
    {
        if (incidents is null)
        {
            problems.Add(new("$.incidents", "An object is required."));
            return;
        }
        Within(incidents.RepeatedDeny, 0, 1000, "$.incidents.repeated_deny", problems);
        Within(incidents.RepeatedDenyMinutes, 1, MostMinutes, "$.incidents.repeated_deny_minutes", problems);
        Within(incidents.TrustCollapseMinutes, 1, MostMinutes, "$.incidents.trust_collapse_minutes", problems);
        Within(incidents.JoinMinutes, 1, MostMinutes, "$.incidents.join_minutes", problems);
        if (incidents.TrustCollapse is not (>= 0 and <= 1))
            problems.Add(new("$.incidents.trust_collapse", "A loss of trust lies between 0 and 1."));
    }

    static void CheckEntries(IReadOnlyList<string>? entries, string path, Func<string, bool> isValid, string message, List<FieldError> problems)
    {
        if (entries is null)
            problems.Add(new(path, "A list is required; an empty one takes all away."));
        else if (entries.Count > MostEntries)
            problems.Add(new(path, $"At most {MostEntries} entries."));
        for (var i = 0; i < entries?.Count && i < MostEntries; i++)
            if (entries[i] is not { } entry || !isValid(entry))
                problems.Add(new($"{path}[{i}]", message));
    }

    static void Within(int value, int least, int most, string path, List<FieldError> problems)
    {
        if (value < least || value > most)
            problems.Add(new(path, $"The value must lie between {least} and {most}."));
    }
}
