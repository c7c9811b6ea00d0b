using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Contracts;
using Interven.Engine.Policies;

namespace Interven.Engine.Tests.Policies;

/// <summary>
/// The rules of the docs once more, as plainly as they can be written, from the canonical JSON: no index, no automaton, no compiled
/// anything. Null is "unknown".
/// </summary>
static class NaiveEvaluator
{
    public sealed record Answer(Decision? Decision, bool DefaultApplies, Decision? WouldHave, string? Winner, string Matches);

    sealed record Match(StoredPolicy Policy, string RuleId, Decision Decision, int Priority, bool Certain, bool Given);

    public static Answer Evaluate(IEnumerable<StoredPolicy> policies, PolicyFacts facts)
    {
        var matches = new List<Match>();
        foreach (var policy in policies.Where(policy => policy.Enabled && (policy.Env is null || Same(policy.Env, facts.Env))))
        {
            matches.AddRange(OfPolicy(policy, facts, facts.Call.Operation, false));
            if (facts.Call.GivenOperation is { } given)
                matches.AddRange(OfPolicy(policy, facts, given, true));
        }
        var enforced = Ranked(matches, PolicyMode.Enforce);
        var monitored = Ranked(matches, PolicyMode.Monitor);
        Decision? decision = enforced.Count == 0 ? null : enforced[0].Decision;
        Decision? wouldHave = monitored.Count == 0 ? null : monitored.Concat(enforced).Max(match => match.Decision);
        return new(decision, !enforced.Exists(match => match is { Certain: true, Given: false }), wouldHave,
            enforced.Count == 0 ? null : Name(enforced[0]), string.Join(' ', enforced.Select(Name)));
    }

    public static string Name(StoredPolicy policy, string ruleId) => $"{policy.Name}/{ruleId}";

    static string Name(Match match) => Name(match.Policy, match.RuleId);

    static List<Match> Ranked(List<Match> matches, PolicyMode mode) =>
    [
        .. matches.Where(match => match.Policy.Mode == mode).OrderBy(match => match.Given).DistinctBy(Name)
            .OrderByDescending(match => match.Decision).ThenBy(match => match.Priority).ThenBy(match => match.Policy.Name, StringComparer.Ordinal)
            .ThenBy(match => match.RuleId, StringComparer.Ordinal),
    ];

    static List<Match> OfPolicy(StoredPolicy policy, PolicyFacts facts, string operation, bool given)
    {
        using var json = JsonDocument.Parse(policy.Document.ToCanonicalJson());
        var matches = new List<Match>();
        foreach (var rule in json.RootElement.GetProperty("rules").EnumerateArray().OrderBy(Priority))
        {
            var action = rule.GetProperty("action").GetString();
            var truth = rule.GetProperty("match").EnumerateObject().All(key => Matches(key, facts, operation))
                ? All(rule.GetProperty("condition"), facts)
                : false;
            if (truth == false || truth is null && action == "ALLOW")
                continue;
            Assert.True(Words.TryParseDecision(action == "OPEN_INCIDENT" ? "DENY" : action, out var decision));
            matches.Add(new(policy, rule.GetProperty("rule_id").GetString()!, decision, Priority(rule), truth == true, given));
            if (truth == true)
                break;
        }
        return matches;
    }

    static int Priority(JsonElement rule) => rule.TryGetProperty("priority", out var priority) ? priority.GetInt32() : 100;

    static bool Matches(JsonProperty key, PolicyFacts facts, string operation) => key.Value.EnumerateArray().Select(value => value.GetString()!).Any(value => key.Name switch
    {
        "tool_name" => Glob(value, facts.Call.Tool),
        "operations" when value.StartsWith("category:", StringComparison.Ordinal) => facts.Call.Category is { } category && Glob(value[9..], category),
        "operations" when value.StartsWith("method:", StringComparison.Ordinal) => Glob(value[7..], facts.Call.Method),
        "operations" => Glob(value, operation),
        "verbs" => value == facts.Call.Verb.Word(),
        "methods" => Same(value, facts.Call.Method),
        "agent_ids" => Glob(value, facts.AgentId),
        _ => throw new NotSupportedException(key.Name),
    });

    static bool? All(JsonElement condition, PolicyFacts facts)
    {
        var each = condition.EnumerateObject().Select(key => Holds(key.Name, key.Value, condition, facts)).ToList();
        return each.Contains(false) ? false : each.Contains(null) ? null : true;
    }

    static bool? Any(IEnumerable<bool?> each)
    {
        var all = each.ToList();
        return all.Contains(true) ? true : all.Contains(null) ? null : false;
    }

    static bool? Holds(string key, JsonElement value, JsonElement beside, PolicyFacts facts) => key switch
    {
        "has_data_class" => Findings(beside, facts).Any(finding => Texts(value).Intersect(finding.Kind.Classes.EachWord()).Any()),
        "has_kind" => Findings(beside, facts).Any(finding => Texts(value).Contains(finding.Kind.Name)),
        "has_data_class_min_confidence" => Findings(beside, facts).Any(),
        "body_contains_any" => Texts(value).Any(text => Contains(facts, text)),
        "body_contains_all" => Texts(value).All(text => Contains(facts, text)),
        "body_path_equals" => Any(NaivePath.Select(facts, value).Select(at => (bool?)(at.GetRawText() == value.GetProperty("value").GetRawText()))),
        "body_path_gt" => Any(Numbers(value, facts).Select(number => number is null ? (bool?)null : number > Limit(value))),
        "body_path_gte" => Any(Numbers(value, facts).Select(number => number is null ? (bool?)null : number >= Limit(value))),
        "body_path_lt" => Any(Numbers(value, facts).Select(number => number is null ? (bool?)null : number < Limit(value))),
        "body_path_lte" => Any(Numbers(value, facts).Select(number => number is null ? (bool?)null : number <= Limit(value))),
        "body_size_bytes_gt" => facts.BodyBytes > value.GetInt32(),
        "is_new_destination" => facts.Agent is null ? null : facts.Agent.NewDestination == value.GetBoolean(),
        "is_volume_burst" => facts.Agent is null ? null : facts.Agent.VolumeBurst == value.GetBoolean(),
        "trust_score_lt" => facts.Agent is null ? null : facts.Agent.Trust < value.GetDouble(),
        "risk_score_gt" => facts.RiskScore > value.GetDouble(),
        "any_of" => Any(value.EnumerateArray().Select(member => All(member, facts))),
        "none_of" => Any(value.EnumerateArray().Select(member => All(member, facts))) switch { true => false, false => true, _ => null },
        _ => throw new NotSupportedException(key),
    };

    static IEnumerable<Engine.Classifying.Finding> Findings(JsonElement beside, PolicyFacts facts)
    {
        var least = Confidence.Medium;
        if (beside.TryGetProperty("has_data_class_min_confidence", out var word))
            Assert.True(Words.TryParseConfidence(word.GetString(), out least));
        return facts.Findings.Items.ToArray().Where(finding => finding.Confidence >= least);
    }

    static bool Contains(PolicyFacts facts, string text)
    {
        for (var i = 0; i < facts.Text.Segments.Length; i++)
            if (facts.Text.Segments[i].Origin <= Engine.Reading.TextOrigin.BodyKey && facts.Text.TextOf(i).ToString().Contains(text, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>The generated bodies have no other numbers in texts than plain ones.</summary>
    static IEnumerable<decimal?> Numbers(JsonElement value, PolicyFacts facts) => NaivePath.Select(facts, value).Select(at =>
        at.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(at.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (decimal?)null);

    static decimal Limit(JsonElement value) => value.GetProperty("value").GetDecimal();

    static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    static bool Glob(string pattern, string text) =>
        Regex.IsMatch(text, $"\\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}\\z",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
}

/// <summary>Paths over parsed JSON, one list of values per step.</summary>
static partial class NaivePath
{
    public static List<JsonElement> Select(PolicyFacts facts, JsonElement condition)
    {
        if (facts.Body < 0)
            return [];
        var values = new List<JsonElement> { JsonDocument.Parse(facts.Tree.Raw).RootElement };
        foreach (var step in Step().Matches(condition.GetProperty("path").GetString()!).Select(match => match.Groups))
        {
            var from = step[1].Value == ".." ? values.SelectMany(Descendants) : values;
            values = [.. from.SelectMany(Children).Where(child => step[2].Value == "*" || child.Name == step[2].Value).Select(child => child.Value)];
        }
        return values.SelectMany(Unquoted).ToList();
    }

    static IEnumerable<(string? Name, JsonElement Value)> Children(JsonElement value) => Unquoted(value).SelectMany(one => one.ValueKind switch
    {
        JsonValueKind.Object => one.EnumerateObject().Select(member => ((string?)member.Name, member.Value)),
        JsonValueKind.Array => one.EnumerateArray().Select(item => ((string?)null, item)),
        _ => [],
    });

    static IEnumerable<JsonElement> Descendants(JsonElement value) => Children(value).SelectMany(child => Descendants(child.Value)).Prepend(value);

    static IEnumerable<JsonElement> Unquoted(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith('{')
            ? [value, JsonDocument.Parse(Encoding.UTF8.GetBytes(value.GetString()!)).RootElement]
            : [value];

    [GeneratedRegex(@"(\.\.?)(\w+|\*)")]
    private static partial Regex Step();
}
