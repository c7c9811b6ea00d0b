using System.Globalization;
using System.Text.Json;

namespace Interven.Engine.Alerts;

/// <summary>What came of one attempt to send.</summary>
/// <param name="Detail">What the other side answered, or what stood in the way; for people, never with a URL.</param>
public abstract record SendResult(string Detail)
{
    /// <summary>Longest wait that another side may ask for.</summary>
    static readonly TimeSpan MostRetryAfter = TimeSpan.FromMinutes(5);

    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <param name="Ts">A bot's message: its place.</param>
    public sealed record Sent(string Detail, string? Ts = null) : SendResult(Detail);

    /// <param name="After">When the other side said; null leaves it to us.</param>
    public sealed record Again(string Detail, TimeSpan? After = null) : SendResult(Detail);

    /// <summary>The same message will never be taken.</summary>
    public sealed record Never(string Detail) : SendResult(Detail);

    /// <summary>By the status. A redirect is never followed; it passes when whatever stands in the way does.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="retryAfter">Of the header, in seconds.</param>
    /// <param name="text">The answer's beginning.</param>
    public static SendResult Of(int status, string? retryAfter, string text)
    {
        var detail = $"{status} {ShownText.Of(text, 120).Text}".TrimEnd();
        return status switch
        {
            >= 200 and < 300 => new Sent(detail),
            429 or 503 => new Again(detail, RetryAfter(retryAfter)),
            408 or 425 or (>= 300 and < 400) or >= 500 => new Again(detail),
            _ => new Never(detail),
        };
    }

    /// <summary>Slack's Web API says with 200 what it thinks.</summary>
    public static SendResult OfSlackApi(int status, string? retryAfter, string text)
    {
        if (Of(status, retryAfter, text) is not Sent)
            return Of(status, retryAfter, "");
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.GetProperty("ok").GetBoolean())
                return new Sent("ok", root.TryGetProperty("ts", out var ts) ? ts.GetString() : null);
            var error = ShownText.Of(root.TryGetProperty("error", out var word) ? word.GetString() : "", 120).Text;
            return error is "ratelimited" or "rate_limited" or "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" ? new Again(error) : new Never(error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new Again("an answer that cannot be read");
        }
    }

    /// <summary>How long to wait before another attempt: doubling, with chance in it, so that many do not come at once.</summary>
    /// <param name="failures">Attempts that failed in a row, from 1.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan Pause(int failures, double chance)
    {
        var seconds = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Clamp(failures, 1, 16)));
        return TimeSpan.FromSeconds(seconds * (.5 + chance / 2));
    }

    static TimeSpan? RetryAfter(string? seconds)
    {
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var asked))
            return null;
        var wait = TimeSpan.FromSeconds(Math.Max(1, asked));
        return wait < MostRetryAfter ? wait : MostRetryAfter;
    }
}
