using System.Globalization;
using System.Net;
using Interven.Api.Tests.Running;
using Interven.Silo.Egress;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace Interven.Api.Tests.Egress;

public class EgressTests
{
    const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

    [Fact]
    public async Task No_spelling_of_an_inner_address_is_called()
    {
        await using var canary = new Canary(Hello);
        using var way = Way(new SystemHostAddresses());
        var urls = ((YamlSequenceNode)Table()["urls"]).Select(node => ((YamlScalarNode)node).Value!.Replace("{port}", canary.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).ToList();
        Assert.InRange(urls.Count, 120, 1000);
        foreach (var url in urls)
        {
            if (way.GetRequiredService<EgressUrl>().Check(url) is { } problem)
                Assert.DoesNotContain("://1", problem, StringComparison.Ordinal);
            if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme != "file" && !url.Contains("\\@", StringComparison.Ordinal))
                await Refused(way, parsed);
            else
                Assert.NotNull(way.GetRequiredService<EgressUrl>().Check(url));
        }
        Assert.Equal(0, canary.Visits);
    }

    [Fact]
    public async Task No_name_that_resolves_inside_is_called_and_one_answer_of_the_resolver_serves_check_and_connection()
    {
        await using var canary = new Canary(Hello);
        foreach (var node in ((YamlSequenceNode)Table()["names"]).Cast<YamlMappingNode>())
        {
            var answers = ((YamlSequenceNode)node["answers"]).Select(one => ((YamlSequenceNode)one).Select(address => IPAddress.Parse(((YamlScalarNode)address).Value!)).ToArray()).ToList();
            var hosts = new ScriptedHosts(answers);
            using var way = Way(hosts);
            await Refused(way, new($"https://host.example:{canary.Port}/"));
            await Refused(way, new($"https://host.example:{canary.Port}/"));
            Assert.Equal(2, hosts.Asked);
        }
        Assert.Equal(0, canary.Visits);
    }

    [Fact]
    public void A_block_ends_where_it_ends()
    {
        var borders = Table()["borders"];
        foreach (var address in ((YamlSequenceNode)borders["inside"]).Select(node => IPAddress.Parse(((YamlScalarNode)node).Value!)))
            Assert.False(PublicAddresses.Contains(address), $"{address} is public");
        foreach (var address in ((YamlSequenceNode)borders["outside"]).Select(node => IPAddress.Parse(((YamlScalarNode)node).Value!)))
            Assert.True(PublicAddresses.Contains(address), $"{address} is not public");
    }

    [Fact]
    public async Task Of_several_addresses_only_those_that_were_vetted_are_connected_to()
    {
        await using var canary = new Canary(Hello, IPAddress.Parse("127.0.0.2"));
        await using var sink = new Canary(Hello, IPAddress.Loopback);
        using var way = Way(new ScriptedHosts([[IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]]), "127.0.0.1/32");
        Assert.Equal("hello", await Client(way).GetStringAsync(new Uri($"http://both.example:{sink.Port}/")));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client(way).GetStringAsync(new Uri($"http://both.example:{canary.Port}/")));
        Assert.Equal((0, 1), (canary.Visits, sink.Visits));
    }

    [Fact]
    public async Task A_private_sink_that_the_operator_allows_is_reached_over_plain_http()
    {
        await using var sink = new Canary(Hello, IPAddress.Loopback);
        using var way = Way(new SystemHostAddresses(), "127.0.0.0/8");
        Assert.Null(way.GetRequiredService<EgressUrl>().Check($"http://127.0.0.1:{sink.Port}/services/collector"));
        Assert.Equal("hello", await Client(way).GetStringAsync(new Uri($"http://127.0.0.1:{sink.Port}/")));
        Assert.Equal(1, sink.Visits);
        // The exception is for these addresses only.
        Assert.NotNull(way.GetRequiredService<EgressUrl>().Check("http://93.184.216.34/"));
        Assert.NotNull(way.GetRequiredService<EgressUrl>().Check("https://10.0.0.1/"));
        await Refused(way, new("http://93.184.216.34/"));
        await Refused(way, new("https://10.0.0.1/"));
    }

    [Fact]
    public async Task Plain_http_to_a_public_address_of_a_name_is_refused_even_where_private_ones_are_allowed()
    {
        using var way = Way(new ScriptedHosts([[IPAddress.Parse("93.184.216.34")]]), "127.0.0.0/8");
        await Refused(way, new("http://public.example/"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_is_not_followed(int status)
    {
        await using var canary = new Canary(Hello, IPAddress.Parse("127.0.0.2"));
        await using var sink = new Canary($"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.2:{canary.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", IPAddress.Loopback);
        using var way = Way(new SystemHostAddresses(), "127.0.0.0/8");
        using var answer = await Client(way).GetAsync(new Uri($"http://127.0.0.1:{sink.Port}/"));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(0, canary.Visits);
    }

    [Theory]
    [InlineData("Content-Length: 70000\r\n")]
    [InlineData("")]
    public async Task An_answer_is_read_no_further_than_agreed(string header)
    {
        await using var sink = new Canary($"HTTP/1.1 200 OK\r\n{header}Connection: close\r\n\r\n{new string('x', 70_000)}", IPAddress.Loopback);
        using var way = Way(new SystemHostAddresses(), "127.0.0.0/8");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client(way).GetStringAsync(new Uri($"http://127.0.0.1:{sink.Port}/")));
    }

    [Fact]
    public void Every_setting_that_is_wrong_is_listed()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => EgressOptions.From(Settings(
            ("AllowPrivate:0", "10.0.0.1/8"), ("AllowPrivate:1", "0.0.0.0/0"), ("AllowPrivate:2", "::/0"), ("AllowPrivate:3", "localhost"), ("TimeoutSeconds", "0"), ("MaxResponseBytes", "lots"))));
        foreach (var setting in (string[])["10.0.0.1/8", "0.0.0.0/0", "::/0", "localhost", "TimeoutSeconds", "MaxResponseBytes"])
            Assert.Contains(setting, problem.Message, StringComparison.Ordinal);
    }

    static async Task Refused(ServiceProvider way, Uri url)
    {
        var error = await Record.ExceptionAsync(() => Client(way).GetStringAsync(url));
        Assert.True(error is EgressRefusedException or NotSupportedException, $"{url} was not refused: {error?.GetType().Name} {error?.Message}");
    }

    static HttpClient Client(ServiceProvider way) => way.GetRequiredService<IHttpClientFactory>().CreateClient(EgressGuard.Client);

    static ServiceProvider Way(IHostAddresses hosts, params string[] allowed)
    {
        var services = new ServiceCollection();
        services.AddEgress(Settings([.. allowed.Select((block, i) => ($"AllowPrivate:{i}", block))]));
        services.AddSingleton(hosts);
        return services.BuildServiceProvider();
    }

    static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(one => $"{EgressOptions.Section}:{one.Name}", one => (string?)one.Value)).Build();

    static YamlNode Table()
    {
        using var reader = new StreamReader(CaseTable.Path("egress/refused.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents[0].RootNode;
    }

    /// <summary>A resolver that says what it was told to, one answer after the other.</summary>
    sealed class ScriptedHosts(IReadOnlyList<IPAddress[]> answers) : IHostAddresses
    {
        public int Asked { get; private set; }

        public ValueTask<IPAddress[]> Find(string host, CancellationToken cancel) => new(answers[Math.Min(Asked++, answers.Count - 1)]);
    }
}
