using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interven.Contracts;
using Interven.Grains.Ports;
using Interven.Silo.Egress;

namespace Interven.Silo.Vault;

/// <summary>Asks token endpoints, and remembers what they gave until shortly before it ends. Of callers that want the same token at once, one asks.</summary>
sealed partial class OauthTokens(IHttpClientFactory clients, TimeProvider clock, ILogger<OauthTokens> log) : IAccessTokens
{
    static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>A token that ends while its request is under way would be refused.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>A refusal is remembered for a moment, so that a wrong secret does not become a flood at the identity provider.</summary>
    static readonly TimeSpan RefusalLife = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<(TenantId Tenant, string Id), Entry> known = new();

    public async ValueTask<AccessTokenReply> Get((TenantId Tenant, string Id, long Version) credential, OauthClient client, CancellationToken cancel = default)
    {
        var name = (credential.Tenant, credential.Id);
        while (true)
        {
            var entry = known.GetOrAdd(name, _ => New(credential.Version, client));
            if (entry.Version == credential.Version)
            {
                var (reply, until) = await entry.Asked.Value.WaitAsync(cancel);
                if (clock.GetUtcNow() < until)
                    return reply;
            }
            known.TryRemove(new(name, entry));
        }
    }

    public void Forget(TenantId tenant, string id) => known.TryRemove((tenant, id), out _);

    Entry New(long version, OauthClient client) => new(version, new(() => Ask(client)));

    async Task<(AccessTokenReply Reply, DateTimeOffset Until)> Ask(OauthClient client)
    {
        var asked = clock.GetUtcNow();
        try
        {
            using var request = Request(client);
            using var http = clients.CreateClient(EgressGuard.Client);
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
                return Refused(asked, $"The token endpoint answered with status {(int)answer.StatusCode}.");
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String
                || token.GetString() is not { Length: > 0 and < 16_384 } text || text.Any(c => c is <= ' ' or > '~'))
                return Refused(asked, "The token endpoint's answer holds no access token.");
            return (new(text, null), asked + Life(json.RootElement));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
        {
            Failed(log, e.GetType().Name);
            return Refused(asked, e is EgressRefusedException ? "The token endpoint may not be called." : "The token endpoint could not be asked.");
        }
    }

    static (AccessTokenReply, DateTimeOffset) Refused(DateTimeOffset at, string problem) => (new(null, problem), at + RefusalLife);

    static TimeSpan Life(JsonElement answer)
    {
        var given = answer.TryGetProperty("expires_in", out var life) && life.ValueKind == JsonValueKind.Number && life.TryGetInt64(out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds))
            : Usual;
        // A token of a minute or less is used for half its life.
        return given > 2 * Margin ? given - Margin : given / 2;
    }

    static HttpRequestMessage Request(OauthClient client)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (client.Scope is { } scope)
            form.Add(new("scope", scope));
        if (client.Audience is { } audience)
            form.Add(new("audience", audience));
        if (client.InBody)
            form.AddRange([new("client_id", client.ClientId), new("client_secret", client.ClientSecret)]);
        var request = new HttpRequestMessage(HttpMethod.Post, client.TokenUrl) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        if (!client.InBody)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(client.ClientSecret)}")));
        return request;
    }

    [LoggerMessage(4802, LogLevel.Warning, "A token endpoint could not be asked: {Exception}")]
    static partial void Failed(ILogger logger, string exception);

    sealed record Entry(long Version, Lazy<Task<(AccessTokenReply Reply, DateTimeOffset Until)>> Asked);
}
