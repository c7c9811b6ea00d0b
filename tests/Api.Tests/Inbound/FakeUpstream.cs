using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interven.Api.Tests.Inbound;

/// <summary>A real server on loopback that keeps what it was sent, and a token endpoint beside it.</summary>
sealed class FakeUpstream : IAsyncDisposable
{
    readonly WebApplication app;
    int tokens;

    FakeUpstream(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public ConcurrentQueue<Seen> TokenRequests { get; } = new();

    /// <summary>What it answers with.</summary>
    public Func<Seen, (int Status, string Type, string Body)> Answer { get; set; } = _ => (200, "application/json", """{"ok":true}""");

    public int TokenLife { get; set; } = 3600;

    public Seen Last => Requests.Last();

    public static async Task<FakeUpstream> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeUpstream(builder.Build());
        fake.app.MapPost("/token", fake.Token);
        fake.app.MapFallback(fake.Take);
        await fake.app.StartAsync();
        fake.Url = fake.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return fake;
    }

    async Task Token(HttpContext http)
    {
        TokenRequests.Enqueue(await Seen.Of(http));
        await http.Response.WriteAsJsonAsync(new { access_token = $"granted-{Interlocked.Increment(ref tokens)}", token_type = "Bearer", expires_in = TokenLife });
    }

    async Task Take(HttpContext http)
    {
        var seen = await Seen.Of(http);
        Requests.Enqueue(seen);
        var (status, type, body) = Answer(seen);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.Headers["X-Upstream"] = "yes";
        await http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>A request as an upstream saw it.</summary>
sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Seen> Of(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return new(http.Request.Method, http.Request.Path + http.Request.QueryString.ToString(),
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
    }
}
