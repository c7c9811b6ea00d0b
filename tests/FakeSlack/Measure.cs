using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>Measures how long a waiting call waits after the click: a scan hangs, its card comes, a signed click is posted, the scan answers.</summary>
sealed class Measure(string product, string adminToken, string apiKey)
{
    /// <summary>Cards go out one a second for each channel; many channels, one for each agent, make many cards a second.</summary>
    const int Channels = 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = new(product), Timeout = TimeSpan.FromMinutes(3) };

    public async Task Run(int rounds)
    {
        await using var slack = await Workspace.Start(new() { InteractionsUrl = product.TrimEnd('/') + "/v1/slack/interactions" });
        await Post("/api/policies", """{"name":"measure clicks","rules":[{"match":{"operations":["transfer_funds"]},"action":"REQUIRE_APPROVAL"}]}""");
        for (var n = 0; n < Channels; n++)
            await Post("/api/alerts", JsonSerializer.Serialize(new
            {
                type = "slack",
                name = $"measure {n} {Guid.CreateVersion7():N}",
                webhook_url = slack.Webhook($"B{n}"),
                signing_secret = slack.Options.SigningSecret,
                events = new[] { "REQUIRE_APPROVAL" },
                agents = new[] { $"measure-{n}" },
            }));
        var answers = new List<double>();
        var clicks = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (answered, acknowledged) = await One(slack, round);
            if (round >= Channels)
            {
                answers.Add(answered);
                clicks.Add(acknowledged);
            }
        }
        Print("click to answer", answers);
        Print("the second half of them", answers[(answers.Count / 2)..]);
        Print("click to acknowledgement", clicks);
    }

    async Task<(double Answered, double Acknowledged)> One(Workspace slack, int round)
    {
        var scan = Send("/v1/scan", $$"""{"method":"POST","url":"https://pay.example/v1/transfer-funds","agent_id":"measure-{{round % Channels}}","wait_ms":60000,"body":{"amount":{{round}},"at":"{{Guid.CreateVersion7()}}"} }""", apiKey);
        var place = $"B{round % Channels}";
        var seen = slack.Messages.Count(message => message.Place == place && message.Replaced > 0);
        Posted? card = null;
        var started = Stopwatch.StartNew();
        while ((card = slack.Messages.LastOrDefault(message => message.Place == place && message.ValueOf("interven_approve") is not null)) is null)
        {
            if (started.Elapsed > Patience)
                throw new TimeoutException("No card came.");
            await Task.Delay(5);
        }
        var watch = Stopwatch.StartNew();
        var click = slack.Click(card, "interven_approve");
        var answer = await scan;
        var answered = watch.Elapsed.TotalMilliseconds;
        if (!answer.Contains("APPROVED_BY_REVIEWER", StringComparison.Ordinal) || !(await click).IsAcknowledged)
            throw new InvalidOperationException("A round went wrong: " + answer);
        while (slack.Messages.Count(message => message.Place == place && message.Replaced > 0) == seen && started.Elapsed < Patience)
            await Task.Delay(5);
        return (answered, (await click).Took.TotalMilliseconds);
    }

    Task<string> Post(string path, string json) => Send(path, json, adminToken);

    async Task<string> Send(string path, string json, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }

    static void Print(string what, IEnumerable<double> measured)
    {
        List<double> times = [.. measured.Order()];
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {times.Count} rounds, p50 {At(.5):0.0} ms, p95 {At(.95):0.0} ms, p99 {At(.99):0.0} ms, worst {times[^1]:0.0} ms"));
    }
}
