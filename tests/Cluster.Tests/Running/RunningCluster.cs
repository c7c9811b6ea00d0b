using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Interven.Storage.Tests.Harness;
using Npgsql;

namespace Interven.Cluster.Tests.Running;

/// <summary>Silos and front ends as processes of their own over a real Postgres, as operators run them.</summary>
sealed class RunningCluster : IAsyncDisposable
{
    readonly ClusterShape shape;
    readonly string folder = Directory.CreateTempSubdirectory("interven-cluster-").FullName;
    readonly string vaultKey = Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()) + new string('0', 32);

    RunningCluster(ClusterShape shape, PostgresServer postgres, string connection) => (this.shape, Postgres, Connection) = (shape, postgres, connection);

    public PostgresServer Postgres { get; }

    public string Connection { get; }

    public List<Node> Silos { get; } = [];

    public List<Node> FrontEnds { get; } = [];

    public Node? Haproxy { get; private set; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10) }) { Timeout = TimeSpan.FromSeconds(130) };

    /// <summary>The demo tenant's agent, with every scope.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The demo tenant's admin and the installation's operator.</summary>
    public string AdminToken { get; private set; } = "";

    /// <summary>Where agents send their calls.</summary>
    public IReadOnlyList<string> Doors => Haproxy is null ? [.. FrontEnds.Select(one => one.Url)] : [Haproxy.Url];

    public static async Task<RunningCluster> Start(ClusterShape shape)
    {
        var postgres = await PostgresServer.Start(shape.Postgres);
        var cluster = new RunningCluster(shape, postgres, await postgres.CreateDatabase("interven"));
        try
        {
            await cluster.Boot();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another silo of this cluster, not yet started, at an address of its own.</summary>
    public Node MakeSilo(int number, Action<Dictionary<string, string>>? change = null)
    {
        var (address, port, data) = (shape.Network?.AddressOf(number) ?? "127.0.0.1", Ports.Free(), Path.Combine(folder, $"silo-{number}"));
        Directory.CreateDirectory(data);
        var url = $"http://{address}:{port}";
        return Program($"silo-{number}", Path.Combine(shape.SiloBuild, "Interven.Silo.dll"), url, new()
        {
            ["ConnectionStrings__Interven"] = shape.Route(number, Connection),
            ["INTERVEN_CREDENTIAL_ENCRYPTION_KEY"] = vaultKey,
            ["INTERVEN_SILO_URL"] = url,
            ["INTERVEN_DATA"] = data,
            ["Interven__Silo__Name"] = $"silo-{number}",
            ["Interven__Silo__AdvertisedAddress"] = address,
            ["Interven__Silo__Port"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
            ["Interven__Silo__GatewayPort"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
        }, shape.Network?.NameOf(number), change);
    }

    /// <summary>Another front end of this cluster, not yet started.</summary>
    public Node MakeFrontEnd(int number, Action<Dictionary<string, string>>? change = null)
    {
        var url = $"http://127.0.0.1:{Ports.Free()}";
        return Program($"frontend-{number}", Path.Combine(shape.FrontEndBuild, "Interven.ApiFrontend.dll"), url, new()
        {
            ["ConnectionStrings__Interven"] = Connection,
            ["INTERVEN_URL"] = url,
            ["INTERVEN_RATELIMIT_DISABLED"] = "1",
            ["Interven__HostSilo"] = "false",
            ["Interven__DrainSeconds"] = shape.Haproxy ? "4" : "0",
        }, change: change);
    }

    /// <summary>Puts a process in another's place in the lists.</summary>
    public Node Replace(Node old, Node next)
    {
        foreach (var list in (List<Node>[])[Silos, FrontEnds])
            if (list.IndexOf(old) is >= 0 and var at)
                list[at] = next;
        return next;
    }

    public Task<JsonElement> Apply(string policy) => Call(FrontEnds[0].Url + "/v1/policies/apply", Key, HttpMethod.Post, JsonSerializer.Deserialize<JsonElement>(policy));

    /// <summary>A call with the admin's token.</summary>
    public Task<JsonElement> Admin(HttpMethod method, string path, object? body = null) => Call(FrontEnds[0].Url + path, AdminToken, method, body);

    public async Task<JsonElement> Call(string url, string token, HttpMethod method, object? body = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {url} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Rows of the domain's database, as whoever checks the product from outside sees them.</summary>
    public Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> map) => Look.At(Connection, sql, map);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in (IEnumerable<Node?>)[Haproxy, .. FrontEnds, .. Silos])
            if (node is not null)
                await node.DisposeAsync();
        await Postgres.DisposeAsync();
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    async Task Boot()
    {
        for (var number = 1; number <= shape.Silos; number++)
        {
            Silos.Add(MakeSilo(number).Start());
            if (number == 1)
                await Eventually.Is(() => Task.FromResult(Silos[0].Printed("INTERVEN_ADMIN_TOKEN") is not null), $"the first silo prints its keys; it said:\n{Silos[0].Output}", 90);
        }
        (Key, AdminToken) = (Silos[0].Printed("INTERVEN_API_KEY")!, Silos[0].Printed("INTERVEN_ADMIN_TOKEN")!);
        for (var number = 1; number <= shape.FrontEnds; number++)
            FrontEnds.Add(MakeFrontEnd(number).Start());
        foreach (var silo in Silos)
            await silo.Answers("/health/ready");
        foreach (var frontEnd in FrontEnds)
            await frontEnd.Answers("/health/serving");
        if (shape.Haproxy)
        {
            Haproxy = Proxies.Haproxy(FrontEnds[0].Url, FrontEnds[1].Url).Start();
            await Haproxy.Answers("/health/serving");
        }
    }

    Node Program(string name, string program, string url, Dictionary<string, string> settings, string? space = null, Action<Dictionary<string, string>>? change = null)
    {
        foreach (var (setting, value) in shape.Settings)
            settings[setting] = value;
        change?.Invoke(settings);
        string[] line = ["dotnet", program, "--contentRoot", Path.GetDirectoryName(program)!];
        // `ip netns exec` becomes the program, so that signals reach it.
        string[] whole = space is null ? line : ["ip", "netns", "exec", space, .. line];
        return new(name, whole[0], whole[1..], settings) { Url = url };
    }
}
