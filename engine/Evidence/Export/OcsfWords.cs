using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>What a decision is in OCSF's numbers.</summary>
static class OcsfWords
{
    static readonly (int, string) Allowed = (1, "Allowed"), Denied = (2, "Denied"), Modified = (4, "Modified");

    public static (int Id, string Word) Activity(DecisionRecord record) => record.Verb == Verb.Read ? (2, "Read") : record.Method.ToUpperInvariant() switch
    {
        "POST" => (1, "Create"),
        "PUT" or "PATCH" => (3, "Update"),
        "DELETE" => (4, "Delete"),
        _ => (99, "Other"),
    };

    public static (int Id, string Word) Severity(DecisionRecord record) => record.Band switch
    {
        RiskBand.Low => record.Decision == Decision.Allow ? (1, "Informational") : (2, "Low"),
        RiskBand.Medium => (3, "Medium"),
        RiskBand.High => (4, "High"),
        _ => (5, "Critical"),
    };

    public static (int Id, string Word) RiskLevel(RiskBand band) => band switch
    {
        RiskBand.Low => (1, "Low"),
        RiskBand.Medium => (2, "Medium"),
        RiskBand.High => (3, "High"),
        _ => (4, "Critical"),
    };

    public static ((int Id, string Word) Action, (int Id, string Word) Disposition, (int Id, string Word) Status) Outcome(DecisionRecord record) => record.Decision switch
    {
        Decision.Allow => (Allowed, IsApproved(record) ? (8, "Approved") : (1, "Allowed"), (1, "Success")),
        Decision.Sanitize => (Modified, (11, "Corrected"), (1, "Success")),
        Decision.RequireApproval => (Denied, (14, "Delayed"), (99, "Pending approval")),
        _ when Says(record, ReasonCodes.AuditUnavailable) || Says(record, ReasonCodes.EngineUnavailable) => (Denied, (27, "Error"), (2, "Failure")),
        _ when Says(record, ReasonCodes.DeniedByReviewer) => (Denied, (25, "Rejected"), (2, "Failure")),
        _ => (Denied, (2, "Blocked"), (2, "Failure")),
    };

    static bool IsApproved(DecisionRecord record) => Says(record, ReasonCodes.ApprovedByReviewer) || Says(record, ReasonCodes.RecentApprovalGrant);

    static bool Says(DecisionRecord record, string code) => record.Reasons.Contains(code, StringComparer.Ordinal);
}
