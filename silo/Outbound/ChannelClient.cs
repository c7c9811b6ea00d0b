using System.Globalization;
using System.Net.Http.Headers;
using Interven.Engine.Alerts;
using Interven.Engine.Alerts.Slack;
using Interven.Silo.Egress;
using Interven.Silo.Slack;

namespace Interven.Silo.Outbound;

/// <summary>Makes one attempt over the guarded way out. Expected failures are results; no result and no log ever holds a URL.</summary>
sealed class ChannelClient(IHttpClientFactory clients, SlackOptions slack, TimeProvider clock)
{
    const int LongestAnswer = 300;

    /// <summary>A message to Slack: by the bot where there is one, else by the webhook.</summary>
    public Task<SendResult> Post(Channel channel, Message message) => channel.IsBot
        ? Api(channel, "chat.postMessage", message with { Channel = channel.Spec.SlackChannel })
        : Send(new(HttpMethod.Post, channel.Secrets.WebhookUrl) { Content = Json(message.ToJson()) });

    /// <summary>Changes a message of the bot.</summary>
    public Task<SendResult> Update(Channel channel, Message message) => Api(channel, "chat.update", message);

    /// <summary>Posts to the response URL of a click.</summary>
    /// <param name="responseUrl">As it came with the click.</param>
    /// <param name="message">A message as JSON.</param>
    public Task<SendResult> Respond(string responseUrl, byte[] message) => slack.MayRespondTo(responseUrl)
        ? Send(new(HttpMethod.Post, responseUrl) { Content = Json(message) })
        : Task.FromResult<SendResult>(new SendResult.Never("the response URL's host is not allowed"));

    /// <summary>An alert to a channel that only shows.</summary>
    public Task<SendResult> Post(Channel channel, Alert alert, string delivery)
    {
        var now = clock.GetUtcNow();
        var body = channel.Spec.Type switch
        {
            ChannelType.Teams => TeamsCard.Of(alert),
            ChannelType.Discord => DiscordMessage.Of(alert),
            _ => WebhookBody.Of(alert, delivery, now),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, channel.Secrets.WebhookUrl) { Content = Json(body) };
        if (channel.Spec.Type == ChannelType.Webhook)
        {
            var timestamp = now.ToUnixTimeSeconds();
            request.Headers.TryAddWithoutValidation(WebhookBody.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation(WebhookBody.SignatureHeader, WebhookBody.Sign(channel.Secrets.SigningSecret!, timestamp, body));
            request.Headers.TryAddWithoutValidation(WebhookBody.IdHeader, delivery);
        }
        return Send(request);
    }

    Task<SendResult> Api(Channel channel, string method, Message message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, slack.ApiUrl + method) { Content = Json(message.ToJson()) };
        request.Headers.Authorization = new("Bearer", channel.Secrets.BotToken);
        return Send(request, SendResult.OfSlackApi);
    }

    async Task<SendResult> Send(HttpRequestMessage request, Func<int, string?, string, SendResult>? read = null)
    {
        try
        {
            using (request)
            {
                using var client = clients.CreateClient(EgressGuard.Client);
                using var response = await client.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                // A 200 of the Web API is read as JSON; of all others the beginning is enough.
                return (read ?? SendResult.Of)((int)response.StatusCode, response.Headers.RetryAfter?.Delta is { } after ? ((int)after.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null,
                    read is null && text.Length > LongestAnswer ? text[..LongestAnswer] : text);
            }
        }
        catch (EgressRefusedException refused)
        {
            return new SendResult.Never(refused.Message);
        }
        catch (HttpRequestException failed)
        {
            return new SendResult.Again($"no connection ({failed.HttpRequestError})");
        }
        catch (OperationCanceledException)
        {
            return new SendResult.Again("no answer in time");
        }
        catch (IOException)
        {
            return new SendResult.Again("the connection broke");
        }
    }

    static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };
}
