using System.Globalization;
using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>The workspace over HTTP: what apps call, and what the page calls.</summary>
static class Endpoints
{
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);

    public static void Map(WebApplication app, Workspace slack)
    {
        app.MapPost("/services/{team}/{hook}/{token}", (HttpContext http, string hook) => Webhook(http, slack, hook));
        app.MapPost("/actions/{team}/{id}", (HttpContext http, string id) => Response(http, slack, id));
        app.MapPost("/api/{method}", (HttpContext http, string method) => Api(http, slack, method));
        app.MapGet("/messages", () => Results.Json(slack.Messages.Select(Shown)));
        app.MapGet("/refusals", () => Results.Json(slack.Refusals));
        app.MapPost("/click", async (ClickRequest click) =>
        {
            if (slack.Messages.FirstOrDefault(message => message.Ts == click.Ts) is not { } message || message.ValueOf(click.Action) is null)
                return Results.NotFound();
            var result = await slack.Click(message, click.Action, click.User ?? "U0ADA");
            return Results.Json(new { result.Status, took_ms = result.Took.TotalMilliseconds, acknowledged = result.IsAcknowledged });
        });
        app.MapPost("/faults", (FaultRequest fault) =>
        {
            slack.Faults.Set(fault.Mode, fault.Place ?? "*", fault.Times ?? int.MaxValue, fault.RetryAfter ?? 1);
            return Results.NoContent();
        });
        app.MapGet("/", () => Results.Text(Page(), "text/html"));
    }

    static async Task Webhook(HttpContext http, Workspace slack, string hook)
    {
        if (await Fail(http, slack.Faults.Next(hook)) || await Read(http) is not { } message)
            return;
        if (slack.TakeWebhook(hook, message) is not var (error, retryAfter))
        {
            await http.Response.WriteAsync("ok");
            return;
        }
        http.Response.StatusCode = retryAfter is null ? 400 : 429;
        if (retryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsync(error);
    }

    static async Task Response(HttpContext http, Workspace slack, string id)
    {
        if (await Fail(http, slack.Faults.Next("response")) || await Read(http) is not { } message)
            return;
        var error = slack.TakeResponse(id, message);
        http.Response.StatusCode = error is null ? 200 : 404;
        await http.Response.WriteAsync(error ?? "ok");
    }

    static async Task Api(HttpContext http, Workspace slack, string method)
    {
        if (await Fail(http, slack.Faults.Next("api")) || await Read(http) is not { } message)
            return;
        object Answer(string? error, string? ts) => error is null ? new { ok = true, ts, channel = Text(message, "channel") } : new { ok = false, error };
        if (http.Request.Headers.Authorization != $"Bearer {slack.Options.BotToken}")
            await http.Response.WriteAsJsonAsync(Answer("invalid_auth", null));
        else if (MessageCheck.Problem(message) is { } problem)
            await http.Response.WriteAsJsonAsync(Answer(slack.Refuse("api", problem.Error, problem.Where).Error, null));
        else if (method == "chat.postMessage")
            await http.Response.WriteAsJsonAsync(Answer(Text(message, "channel") is null ? "channel_not_found" : null, slack.Add(Text(message, "channel") ?? "", message).Ts));
        else if (method == "chat.update" && slack.Messages.FirstOrDefault(one => one.Ts == Text(message, "ts") && one.Place == Text(message, "channel")) is { } posted)
        {
            slack.Replace(posted, message);
            await http.Response.WriteAsJsonAsync(Answer(null, posted.Ts));
        }
        else
            await http.Response.WriteAsJsonAsync(Answer(method == "chat.update" ? "message_not_found" : "unknown_method", null));
    }

    /// <summary>True where the answer has been given, or never will be.</summary>
    static async Task<bool> Fail(HttpContext http, Faults.Fault? fault)
    {
        switch (fault?.Mode)
        {
            case "hang":
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            case "slow":
                await Task.Delay(Slow, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return http.RequestAborted.IsCancellationRequested;
            case "down":
                http.Abort();
                return true;
            case "redirect":
                http.Response.Redirect("http://127.0.0.1:1/elsewhere");
                return true;
            case "429":
                http.Response.StatusCode = 429;
                http.Response.Headers.RetryAfter = fault.RetryAfter.ToString(CultureInfo.InvariantCulture);
                return true;
            case "no_service":
                http.Response.StatusCode = 404;
                await http.Response.WriteAsync("no_service");
                return true;
            case { } status when int.TryParse(status, out var code):
                http.Response.StatusCode = code;
                return true;
            default:
                return false;
        }
    }

    static async Task<JsonElement?> Read(HttpContext http)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        }
        catch (JsonException)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("invalid_payload");
            return null;
        }
    }

    static object Shown(Posted message) => new
    {
        ts = message.Ts,
        place = message.Place,
        at = message.At,
        replaced = message.Replaced,
        message = message.Message,
        ephemerals = message.Ephemerals.ToArray(),
    };

    static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string Page()
    {
        using var reader = new StreamReader(typeof(Endpoints).Assembly.GetManifestResourceStream("page.html")!);
        return reader.ReadToEnd();
    }

    sealed record ClickRequest(string Ts, string Action, string? User);

    sealed record FaultRequest(string Mode, string? Place, int? Times, int? RetryAfter);
}
