using System.Text;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Observing;

/// <summary>What operators are given to watch the product with fits the product that runs.</summary>
public sealed class ObservabilityTests : IAsyncLifetime
{
    const string Secret = "AKIA7WKTRN3QXBVH5JDC";
    readonly Collector collector = new();
    RunningCluster cluster = null!;

    public async Task InitializeAsync()
    {
        cluster = await RunningCluster.Start(new()
        {
            Silos = 1,
            FrontEnds = 1,
            Settings = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["Logging__Console__FormatterName"] = "json",
            },
        });
        // A busy machine may refuse the first for want of time.
        await Eventually.Is(async () => !(await Scan(cluster.Key)).Contains("\"durable\":false", StringComparison.Ordinal), "a scan is recorded");
        await Scan("iv_live_nonsense");
    }

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task The_running_product_has_what_dashboard_and_alerts_name_and_traces_go_from_the_door_into_the_store()
    {
        await EveryNamedMetricExists();
        await ATraceGoesThroughAllRooms();
        NothingSecretIsExported();
        // Orleans' dashboard asks for no credential: it is for Development alone.
        using var dashboard = await cluster.Http.GetAsync(cluster.Silos[0].Url + "/dashboard/");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, dashboard.StatusCode);
    }

    async Task EveryNamedMetricExists()
    {
        var named = NamedMetrics.DashboardQueries().Concat(NamedMetrics.Alerts("deploy/observability/alerts.yaml").Select(rule => (string)rule["expr"]))
            .SelectMany(NamedMetrics.In).Distinct().ToList();
        Assert.InRange(named.Count, 15, 100);
        var offered = await cluster.Silos[0].Get("/metrics") + await cluster.FrontEnds[0].Get("/metrics");
        var names = offered.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0]).ToHashSet();
        // Counted when it first happens, which a healthy product does not show.
        Assert.Empty(named.Where(name => !names.Contains(name)).Except(["interven_refusals_total"]));
        Assert.Contains("interven_fail_open_total{", offered, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"interven_fail_open_total\{[^}]*\} [1-9]", offered);
    }

    async Task ATraceGoesThroughAllRooms()
    {
        string[] rooms = ["Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Interven", "Npgsql"];
        await Eventually.Is(() => Task.FromResult(collector.Spans.GroupBy(span => span.Trace).Any(trace => rooms.All(room => trace.Any(span => span.Source == room)))),
            "one trace has spans of every room");
    }

    void NothingSecretIsExported()
    {
        foreach (var bytes in collector.Raw)
        {
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(cluster.Key, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Secret, cluster.Silos[0].Output + cluster.FrontEnds[0].Output, StringComparison.Ordinal);
    }

    async Task<string> Scan(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cluster.Doors[0] + "/v1/scan")
        {
            Content = new StringContent($$$"""{"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{"text":"the key is {{{Secret}}}"}}"""),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        using var answer = await cluster.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}

public sealed class RulesTests
{
    [Fact]
    public void The_operators_rules_for_Kubernetes_are_those_of_the_file()
    {
        string Text(string file) => new YamlDotNet.Serialization.SerializerBuilder().Build().Serialize(NamedMetrics.Groups(file));
        Assert.Equal(Text("deploy/observability/alerts.yaml"), Text("k8s/components/monitoring/rules.yaml"));
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_what_to_do_is_in_the_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Places.Root, "docs/operating.md"));
        foreach (var rule in NamedMetrics.Alerts("deploy/observability/alerts.yaml"))
        {
            Assert.Contains((string)((Dictionary<object, object>)rule["labels"])["severity"], (string[])["page", "ticket"]);
            Assert.Contains((string)rule["alert"], guide, StringComparison.Ordinal);
        }
    }
}
