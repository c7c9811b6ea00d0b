using Interven.ApiFrontend.Http;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Alerts;

namespace Interven.ApiFrontend.Alerts;

/// <summary>
/// Slack's interactivity callback. Whatever is wrong with a request has one answer: 401 without a body. Not in the API document: only Slack calls it.
/// </summary>
static class SlackEndpoints
{
    const int MostBytes = 64 * 1024, MostTries = 5;
    const string Form = "application/x-www-form-urlencoded";

    /// <summary>Slack warns whoever clicked after three seconds; so does an honest 503 before that.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2800);

    public static void MapSlack(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/slack/interactions", Click);
        app.MapPost("/v1/slack/interactions/{channel}", Click);
    }

    static async Task Click(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers["X-Slack-Request-Timestamp"] is not [{ Length: > 0 and < 20 } timestamp] || headers["X-Slack-Signature"] is not [{ Length: > 0 and < 100 } signature]
            || http.Request.ContentType is not { } type || !(type == Form || type.StartsWith(Form + ";", StringComparison.OrdinalIgnoreCase)))
        {
            Answer(http, 401);
            return;
        }
        var (body, refusal) = await RequestBody.Read(http, MostBytes);
        Answer(http, refusal is null ? await Ask(http, new(http.Request.RouteValues["channel"] as string, timestamp, signature, body, ClientAddress.Of(http), Agent(http))) : 401);
    }

    static async Task<int> Ask(HttpContext http, SlackRequest request)
    {
        try
        {
            return await Click(http.RequestServices.GetRequiredService<IGrainFactory>(), request).WaitAsync(Patience, http.RequestServices.GetRequiredService<TimeProvider>(), CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            // Whether it counts will be seen on the card; whoever clicked is told that something is amiss.
            return 503;
        }
    }

    /// <summary>A click that could not be delivered, because a silo has just died, goes to another one; should it have been taken all the same, it is a replay there.</summary>
    static async Task<int> Click(IGrainFactory grains, SlackRequest request)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return await grains.GetGrain<ISlackGrain>(GrainKeys.Any(tries)).Click(request);
            }
            catch (Orleans.Runtime.OrleansMessageRejectionException) when (tries < MostTries)
            {
                // By the next name.
            }
    }

    /// <summary>A length of zero keeps the error page away: nothing tells one cause from another.</summary>
    static void Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = 0;
    }

    static string Agent(HttpContext http) => http.Request.Headers.UserAgent.ToString() is { Length: > 300 } agent ? agent[..300] : http.Request.Headers.UserAgent.ToString();
}
