using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Interven.Cluster.Tests.Faults;

/// <summary>An agent that waits for a person as the clients do: parked in its scan first, then by polling, through whatever happens.</summary>
static class Waiter
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>True when the decision reached it.</summary>
    public static async Task<bool> Wait(HttpClient http, string door, string key, int number)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        var call = $$$"""{"method":"POST","url":"https://pay.corp/wire-money","agent_id":"waiter-{{{number}}}","wait_ms":{{{(number % 2 == 0 ? 60000 : 0)}}},"body":{"amount":{{{number + 1}}} }}""";
        string? approval = null;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            var answer = approval is null
                ? await Send(http, key, HttpMethod.Post, door + "/v1/scan", call)
                : await Send(http, key, HttpMethod.Get, $"{door}/v1/approvals/{approval}/status?wait=30", null);
            if (answer is not { } said)
                continue;
            if (said.TryGetProperty("status", out var status) && status.GetString() != "pending")
                return status.GetString() == "approved";
            if (said.TryGetProperty("decision", out var decision) && decision.GetString() is "ALLOW" or "SANITIZE")
                return true;
            if (said.TryGetProperty("approval_id", out var id) && id.GetString() is { Length: > 0 } given)
                approval = given;
        }
        return false;
    }

    static async Task<JsonElement?> Send(HttpClient http, string key, HttpMethod method, string url, string? body)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // The door was shut on it; it knocks again.
        }
        await Task.Delay(300);
        return null;
    }
}
