namespace Interven.Engine.Policies.Conditions;

/// <summary>Every key of <c>condition</c>, in canonical order.</summary>
public static class ConditionKeys
{
    const string PathAndNumber = "object {path, value: number}";

    public static IReadOnlyList<ConditionKey> All { get; } =
    [
        new("has_data_class", [], "data class, or a list: any of them", "A finding of one of the classes, of MEDIUM confidence or more.",
            """["PII", "SECRETS"]""") { Read = ConditionValues.DataClasses },
        new("has_data_class_min_confidence", [], "confidence", "The least confidence that counts for `has_data_class` and `has_kind` beside it; alone: any finding that is so sure.",
            "\"HIGH\"") { Read = ConditionValues.MinConfidence },
        new("has_kind", [], "kind, or a list: any of them", "A finding of one of the kinds, of MEDIUM confidence or more.",
            """["credit_card", "iban"]""") { Read = ConditionValues.Kinds },
        new("body_contains_any", [], "text, or a list", "One of the texts stands in a key or value of the body, plain or decoded, in any case.",
            """["amount", "principal"]""") { Read = at => ConditionValues.Contains(at, wantsAll: false) },
        new("body_contains_all", [], "text, or a list", "Each of the texts stands somewhere in the body's keys or values.",
            """["wire", "urgent"]""") { Read = at => ConditionValues.Contains(at, wantsAll: true) },
        new("body_path_equals", [], "object {path, value}", "A value at the path is equal: texts exactly, numbers by value.",
            """{"path": "$.currency", "value": "EUR"}""") { Read = PathConditionValues.EqualTo },
        new("body_path_in", [], "object {path, values: list}", "A value at the path is equal to one of the list.",
            """{"path": "$.country", "values": ["IR", "KP"]}""") { Read = PathConditionValues.In },
        new("body_path_gt", [], PathAndNumber, "A number at the path is greater.",
            """{"path": "$..amount", "value": 10000}""") { Read = at => PathConditionValues.Number(at, "body_path_gt", Comparison.Greater) },
        new("body_path_gte", [], PathAndNumber, "A number at the path is greater or equal.",
            """{"path": "$..amount", "value": 10000}""") { Read = at => PathConditionValues.Number(at, "body_path_gte", Comparison.GreaterOrEqual) },
        new("body_path_lt", [], PathAndNumber, "A number at the path is less.",
            """{"path": "$.score", "value": 600}""") { Read = at => PathConditionValues.Number(at, "body_path_lt", Comparison.Less) },
        new("body_path_lte", [], PathAndNumber, "A number at the path is less or equal.",
            """{"path": "$.score", "value": 600}""") { Read = at => PathConditionValues.Number(at, "body_path_lte", Comparison.LessOrEqual) },
        new("body_path_matches", [], "object {path, pattern}", "The regex is found in a text or number at the path; it runs in linear time.",
            """{"path": "$.memo", "pattern": "(?i)gift ?card"}""") { Read = PathConditionValues.Matches },
        new("body_size_bytes_gt", [], "whole number", "The body as sent is longer than so many bytes.", "65536") { Read = ConditionValues.BodySize },
        new("is_external_principal", [], "boolean", "Who receives access or data is outside the tenant's domains.", "true")
        { Read = at => at.Boolean() is { } wanted ? new ExternalPrincipalCondition(wanted) : null },
        new("is_new_destination", ["new_resource"], "boolean", "The agent has not called this destination before.", "true")
        { Read = at => at.Boolean() is { } wanted ? new NewDestinationCondition(wanted) : null },
        new("is_volume_burst", ["volume_burst"], "boolean", "The agent calls at five times its normal rate or more.", "true")
        { Read = at => at.Boolean() is { } wanted ? new VolumeBurstCondition(wanted) : null },
        new("risk_score_gt", [], "number from 0 to 1", "The call's risk score is greater.", "0.6")
        { Read = at => at.Level() is { } level ? new RiskScoreCondition(level) : null },
        new("trust_score_lt", [], "number from 0 to 1", "The agent's trust is less.", "0.5")
        { Read = at => at.Level() is { } level ? new TrustScoreCondition(level) : null },
        new("time_of_day_outside", [], "object {start, end, tz}", "Local time is outside the hours from `start` (inside) to `end` (outside again); `tz` is an IANA name, UTC if absent.",
            """{"start": "08:00", "end": "18:00", "tz": "America/New_York"}""") { Read = ConditionValues.TimeOfDay },
        new("any_of", [], "list of conditions", "At least one of the conditions holds.",
            """[{"risk_score_gt": 0.6}, {"is_new_destination": true}]""") { IsGroup = true },
        new("none_of", [], "list of conditions", "None of the conditions holds.",
            """[{"body_path_equals": {"path": "$.currency", "value": "USD"}}]""") { IsGroup = true },
    ];
}
