using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Interven.Contracts;

namespace Interven.Client;

/// <summary>Requests to the gateway: one retry policy for all of them.</summary>
sealed class Gateway(HttpClient http, IntervenOptions options, TimeProvider clock)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The answer, read strictly: what is none of <typeparamref name="T"/> is a fault of the gateway.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">JSON; null sends none.</param>
    /// <param name="shape">Of the answer.</param>
    /// <param name="held">How long the gateway may hold the answer on purpose.</param>
    /// <param name="repeatKey">One for all tries of a request that changes something.</param>
    /// <param name="cancel">The caller's.</param>
    public async Task<T> Send<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> shape, TimeSpan held, string? repeatKey, CancellationToken cancel) where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var (answer, fault, wait) = await Once(method, path, body, shape, held, repeatKey, cancel).ConfigureAwait(false);
            if (answer is not null)
                return answer;
            if (attempt >= options.Retries)
                throw fault!;
            await Pause(wait ?? TimeSpan.FromMilliseconds(200 << Math.Min(attempt, 5)), cancel).ConfigureAwait(false);
        }
    }

    public Task Pause(TimeSpan time, CancellationToken cancel) => Task.Delay(time < LongestPause ? time : LongestPause, clock, cancel);

    async Task<(T? Answer, GatewayException? Fault, TimeSpan? Wait)> Once<T>(
        HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> shape, TimeSpan held, string? repeatKey, CancellationToken cancel) where T : class
    {
        using var timeout = new CancellationTokenSource(options.Timeout + held, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var request = Request(method, path, body, repeatKey);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created => (JsonSerializer.Deserialize(bytes, shape) ?? throw new JsonException(), null, null),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                    (null, new($"The gateway answered {(int)response.StatusCode}."), response.Headers.RetryAfter?.Delta),
                >= HttpStatusCode.BadRequest => throw Refused((int)response.StatusCode, bytes),
                _ => (null, new($"The gateway answered {(int)response.StatusCode}; is that Interven's address?"), null),
            };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException or IOException)
        {
            return (null, new("The gateway did not answer, or not with what was asked for.", e), null);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            return (null, new("The gateway did not answer in time.", e), null);
        }
    }

    HttpRequestMessage Request(HttpMethod method, string path, byte[]? body, string? repeatKey)
    {
        var request = new HttpRequestMessage(method, new Uri(options.GatewayUrl.AbsoluteUri.TrimEnd('/') + path));
        request.Headers.Authorization = new("Bearer", options.ApiKey);
        if (repeatKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", repeatKey);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    static RequestException Refused(int status, byte[] bytes)
    {
        try
        {
            if (JsonSerializer.Deserialize(bytes, ContractJson.Default.Problem) is { Reason.Length: > 0 } problem)
                return new(status, problem.Reason, problem.Detail);
        }
        catch (JsonException)
        {
            // Something in between refused it; the status says enough.
        }
        return new(status, "UNKNOWN", "The request was refused.");
    }
}
