using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Interven.Grains.Ports;
using Interven.Silo.Egress;

namespace Interven.Silo.Sinks;

/// <summary>One batch, one request. A receiver's no to the token, the index or the shape is for a person; anything that may pass is tried again.</summary>
sealed class SinkSender(IHttpClientFactory clients, TimeProvider clock) : ISinkSender
{
    public async ValueTask<SinkReply> Send(SinkBatch batch, CancellationToken cancel = default)
    {
        try
        {
            using var request = Request(batch);
            using var response = await clients.CreateClient(EgressGuard.Client).SendAsync(request, cancel);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode)
                return new(SinkReplyKind.Taken);
            var isPassing = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= 500;
            return new(isPassing ? SinkReplyKind.Again : SinkReplyKind.Refused, $"HTTP {status}", RetryAfter(response));
        }
        catch (EgressRefusedException refused)
        {
            return new(SinkReplyKind.Refused, refused.Message);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException && !cancel.IsCancellationRequested)
        {
            return new(SinkReplyKind.Again, e is OperationCanceledException ? "No answer in time" : "No connection");
        }
    }

    HttpRequestMessage Request(SinkBatch batch)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, batch.Url) { Content = new ByteArrayContent(batch.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(batch.MediaType);
        switch (batch.Type)
        {
            case "hec":
                request.Headers.TryAddWithoutValidation("Authorization", "Splunk " + batch.Token);
                break;
            case "datadog":
                request.Headers.TryAddWithoutValidation("DD-API-KEY", batch.Token);
                break;
            default:
                var time = clock.GetUtcNow().ToUnixTimeSeconds();
                byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. batch.Body];
                request.Headers.TryAddWithoutValidation("X-Interven-Timestamp", $"{time}");
                request.Headers.TryAddWithoutValidation("X-Interven-Signature", "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(batch.Token), signed)));
                break;
        }
        return request;
    }

    TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
        _ => null,
    };
}
