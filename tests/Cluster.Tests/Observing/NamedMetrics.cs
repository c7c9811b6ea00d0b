using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Cluster.Tests.Running;
using YamlDotNet.Serialization;

namespace Interven.Cluster.Tests.Observing;

/// <summary>The queries of the dashboard and of the alert rules, and the metrics that they name.</summary>
static partial class NamedMetrics
{
    public static IEnumerable<string> DashboardQueries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Places.Root, "deploy/observability/dashboard.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
                yield return target.GetProperty("expr").GetString()!;
    }

    public static IEnumerable<Dictionary<object, object>> Alerts(string file) =>
        Groups(file).SelectMany(group => (List<object>)((Dictionary<object, object>)group)["rules"]).Cast<Dictionary<object, object>>();

    public static List<object> Groups(string file)
    {
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(Places.Root, file)));
        return (List<object>)(document.TryGetValue("spec", out var spec) ? ((Dictionary<object, object>)spec)["groups"] : document["groups"]);
    }

    /// <summary>Names that are metrics, not functions, labels or words of PromQL.</summary>
    public static IEnumerable<string> In(string query) => Metric().Matches(Grouping().Replace(query, " ")).Select(match => match.Value);

    [GeneratedRegex(@"\bby \([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b(?:interven|http|dotnet|orleans|kestrel)_[a-z0-9_]+(?=[\s{\[)])")]
    private static partial Regex Metric();
}
