using Interven.Console.Pieces;
using Interven.Contracts;
using Interven.Contracts.Evidence;

namespace Interven.Console.Activity;

/// <summary>The filters of Activity: asked of the API for what is stored, and looked at here for what arrives live.</summary>
static class DecisionFilters
{
    public static readonly string[] Names = ["window", "since", "until", "decision", "band", "class", "agent", "tool", "operation", "text", "key", "environment", "approval", "policy"];

    public static string Query(Filters filters, params (string, string?)[] more)
    {
        var isCustom = filters["window"] == "custom";
        return Filters.Query([.. Names.Where(name => isCustom ? name != "window" : name is not ("since" or "until")).Select(name => (name, filters[name])), .. more]);
    }

    public static bool Matches(Filters filters, DecisionSummary row) =>
        filters["window"] != "custom"
        && Is(filters["decision"], row.Decision.Word()) && Is(filters["band"], row.RiskBand.Word()) && Is(filters["agent"], row.AgentId) && Is(filters["tool"], row.ToolName)
        && Is(filters["operation"], row.Operation) && Is(filters["environment"], row.Environment) && Is(filters["key"], row.KeyId)
        && Is(filters["approval"], row.ApprovalId?.ToString() ?? "") && Is(filters["policy"], row.PolicyId?.ToString() ?? "")
        && (filters["class"] is not { Length: > 0 } one || row.Classifications.Contains(one))
        && (filters["text"] is not { Length: > 0 } text || Texts(row).Any(words => words.Contains(text, StringComparison.OrdinalIgnoreCase)));

    static bool Is(string? wanted, string value) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<string> Texts(DecisionSummary row) =>
        [row.AgentId, row.AgentName, row.ToolName, row.Operation, row.RuleId ?? "", row.TraceId.ToString(), .. row.ReasonCodes];
}
