using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Interven.Api.Tests.Running;

/// <summary>Somebody with a token (or without one) who calls the product.</summary>
/// <param name="http">How.</param>
/// <param name="token">Sent as bearer; null: none.</param>
/// <param name="always">Headers of every request.</param>
public sealed class Caller(HttpClient http, string? token, params (string Name, string Value)[] always)
{
    const int MostTries = 10;

    public string Token => token ?? "";

    public HttpClient Http => http;

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public Task<Answer> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    /// <summary>One message to Slack, or another call.</summary>
    public Task<Answer> Scan(object body, string url = "https://slack.com/api/chat.postMessage", params (string Name, string Value)[] headers) =>
        Post("/v1/scan", new { method = "POST", url, body }, headers);

    /// <summary>A refusal for want of time or store is asked again as it says, as clients do: on a busy machine it is no fault.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">Bytes and text go out as they are, anything else as JSON.</param>
    /// <param name="headers">More headers, unchecked.</param>
    public async Task<Answer> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await SendOnce(method, path, body, headers);
            if (answer.Status != 200 || tries == MostTries || !answer.Text.Contains("\"AUDIT_UNAVAILABLE\"", StringComparison.Ordinal) || !answer.Has("retry_after_ms"))
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(answer.Json.GetProperty("retry_after_ms").GetInt32()));
        }
    }

    async Task<Answer> SendOnce(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in always.Concat(headers))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            byte[] bytes => new ByteArrayContent(bytes),
            string text => new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
            _ => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)),
        };
        if (request.Content is { Headers.ContentType: null } untyped)
            untyped.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request);
        var header = response.Headers.TryGetValues("X-Interven-Trace-Id", out var values) ? values.Single() : null;
        Assert.True(Guid.TryParse(header, out var trace), $"{method} {path} answered {(int)response.StatusCode} without X-Interven-Trace-Id");
        return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), trace,
            response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.Delta, response.Content.Headers.Allow)
        { Location = response.Headers.Location?.OriginalString };
    }
}
