using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Inbound;

/// <summary>A product that may call loopback, and an upstream there.</summary>
public sealed class InboundProduct : IAsyncLifetime
{
    internal FakeUpstream Upstream { get; private set; } = null!;

    public Product Product { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Upstream = await FakeUpstream.Start();
        Product = await Product.Start(null, ("Interven__Egress__AllowPrivate__0", "127.0.0.0/8"));
    }

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>A route to the upstream; <paramref name="settings"/> go into the request.</summary>
    internal async Task<Answer> Route(TestTenant tenant, string prefix, object? settings = null)
    {
        var request = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
        request.TryAdd("prefix", prefix);
        request.TryAdd("upstream_url", Upstream.Url + "/base");
        return (await tenant.Admin.Post("/api/inbound-routes", request.ToJsonString())).Is(201);
    }

    internal static async Task<string> Credential(TestTenant tenant, string type, object values) =>
        (await tenant.Admin.Post("/api/credentials", new { name = $"{type} {Guid.CreateVersion7()}", type, values })).Is(201)["credential_id"];

    /// <summary>The answer's own headers, beside its status and body.</summary>
    internal async Task<(int Status, string Body, string? Decision, string? Reasons, string? Trace, HttpResponseMessage Raw)> Send(
        HttpMethod method, string path, string? token, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await Product.Http.SendAsync(request);
        string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), Header("X-Interven-Decision"), Header("X-Interven-Reasons"), Header("X-Interven-Trace-Id"), answer);
    }

    internal static StringContent Json(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
