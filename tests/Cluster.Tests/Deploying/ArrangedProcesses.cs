using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interven.Cluster.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Deploying;

/// <summary>Compose's services as processes: the same settings, with addresses of this machine in the place of the network's.</summary>
sealed class ArrangedProcesses(ComposeFile compose, string published, string connection) : IAsyncDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("interven-compose-").FullName;
    readonly string vaultKey = new('b', 64);
    readonly List<Node> nodes = [];

    public string Key { get; private set; } = "";

    public string AdminToken { get; private set; } = "";

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(130) };

    /// <summary>Silos, then front ends.</summary>
    public IReadOnlyList<Node> Processes => nodes[..4];

    public async Task Migrate()
    {
        await using var job = Silo("migrate", "migrate").Start();
        await Eventually.Is(() => Task.FromResult(!job.IsRunning), "the migration ends", 60);
        Assert.Contains("Migrated: 0001_domain", job.Output, StringComparison.Ordinal);
    }

    /// <summary>The proxy, once everything behind it serves.</summary>
    public async Task<Node> Start()
    {
        foreach (var name in (string[])["silo-1", "silo-2"])
        {
            nodes.Add(Silo(name).Start());
            await nodes[^1].Answers("/health/ready");
        }
        await Eventually.Is(() => Task.FromResult(nodes.Any(silo => silo.Printed("INTERVEN_API_KEY") is not null)), "a silo prints the key");
        (Key, AdminToken) = (Printed("INTERVEN_API_KEY"), Printed("INTERVEN_ADMIN_TOKEN"));
        foreach (var name in (string[])["frontend-1", "frontend-2"])
            nodes.Add(FrontEnd(name).Start());
        var haproxy = Proxies.Haproxy(nodes[2].Url, nodes[3].Url);
        nodes.Add(haproxy.Start());
        await haproxy.Answers("/health/serving");
        return haproxy;
    }

    /// <summary>A call through the proxy; what it said.</summary>
    public async Task<JsonElement> Call(HttpMethod method, string path, string token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, nodes[^1].Url + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The approvals that wait for a person.</summary>
    public async Task<List<string>> Pending() =>
        [.. (await Call(HttpMethod.Get, "/api/approvals?status=pending&limit=200", AdminToken)).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("approval_id").GetString()!)];

    string Printed(string name) => nodes.Select(silo => silo.Printed(name)).OfType<string>().First();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        Http.Dispose();
        Directory.Delete(data, recursive: true);
    }

    Node Silo(string name, params string[] arguments)
    {
        var url = $"http://127.0.0.1:{Ports.Free()}";
        var settings = Settings(name);
        settings["INTERVEN_SILO_URL"] = url;
        settings["INTERVEN_DATA"] = Path.Combine(data, name);
        settings["Interven__Silo__AdvertisedAddress"] = "127.0.0.1";
        settings["Interven__Silo__Port"] = Ports.Free().ToString(CultureInfo.InvariantCulture);
        settings["Interven__Silo__GatewayPort"] = Ports.Free().ToString(CultureInfo.InvariantCulture);
        return new(name, "dotnet", [Path.Combine(published, "silo", "Interven.Silo.dll"), .. arguments], settings) { Url = url };
    }

    Node FrontEnd(string name)
    {
        var settings = Settings(name);
        var url = settings["INTERVEN_URL"] = $"http://127.0.0.1:{Ports.Free()}";
        settings["INTERVEN_RATELIMIT_DISABLED"] = "1";
        return new(name, "dotnet", [Path.Combine(published, "frontend", "Interven.ApiFrontend.dll")], settings) { Url = url };
    }

    Dictionary<string, string> Settings(string service)
    {
        var settings = compose.Settings(service, ("${INTERVEN_CREDENTIAL_ENCRYPTION_KEY:?}", vaultKey));
        Assert.Contains(compose.AddressOf("postgres"), settings["ConnectionStrings__Interven"], StringComparison.Ordinal);
        settings["ConnectionStrings__Interven"] = connection;
        return settings;
    }
}
