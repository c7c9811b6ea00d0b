using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>Clicks as Slack posts them: one form field, signed over the raw body.</summary>
public static class Clicks
{
    static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The request's body.</summary>
    public static byte[] Body(object payload) => Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(JsonSerializer.Serialize(payload)));

    public static string Sign(string secret, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{timestamp}:")), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    /// <summary>The payload of a click on one button.</summary>
    public static object Payload(string team, string user, string action, string value, string responseUrl, string ts = "1732600000.000100", string channel = "C0FAKE", string? userTeam = null) => new
    {
        type = "block_actions",
        api_app_id = "A0FAKE",
        token = "deprecated",
        team = new { id = team, domain = "fake" },
        enterprise = (string?)null,
        is_enterprise_install = false,
        user = new { id = user, username = "user-" + user.ToLowerInvariant(), name = "user-" + user.ToLowerInvariant(), team_id = userTeam ?? team },
        channel = new { id = channel, name = "risk-desk" },
        container = new { type = "message", message_ts = ts, channel_id = channel, is_ephemeral = false },
        trigger_id = "13345224609.738474920.8088930838d88f008e0",
        response_url = responseUrl,
        message = new { type = "message", ts, text = "Interven" },
        state = new { values = new { } },
        actions = new[] { new { action_id = action, block_id = "interven", type = "button", value, action_ts = "1732600001.000200", text = new { type = "plain_text", text = "x", emoji = false } } },
    };

    /// <param name="url">Where to.</param>
    /// <param name="body">The form.</param>
    /// <param name="contentType">Null for a form's.</param>
    /// <param name="headers">Unchecked.</param>
    public static async Task<ClickResult> Send(string url, byte[] body, string? contentType = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? "application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var watch = Stopwatch.StartNew();
        try
        {
            using var response = await Http.SendAsync(request);
            return new((int)response.StatusCode, watch.Elapsed, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new(0, watch.Elapsed, e.GetType().Name);
        }
    }
}
