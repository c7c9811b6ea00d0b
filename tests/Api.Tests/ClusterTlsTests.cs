using Interven.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Interven.Api.Tests;

public sealed class ClusterTlsTests
{
    [Fact]
    public void Without_its_settings_there_is_none() => Assert.Null(ClusterTls.From(Settings()));

    [Fact]
    public void What_is_missing_is_listed_as_a_whole()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => ClusterTls.From(Settings(("Certificate", "/nowhere/silo.pem"))));
        foreach (var name in (string[])["Certificate names a file", "Key is not set", "Authority is not set"])
            Assert.Contains("Interven:Silo:Tls:" + name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_certificate_stops_the_start()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "no PEM");
        var problem = Assert.Throws<InvalidOperationException>(() => ClusterTls.From(Settings(("Certificate", file), ("Key", file), ("Authority", file))));
        Assert.Contains("must be PEM files", problem.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    static IConfiguration Settings(params (string Name, string Value)[] given) => new ConfigurationBuilder()
        .AddInMemoryCollection(given.Select(one => KeyValuePair.Create(ClusterTls.Section + ":" + one.Name, (string?)one.Value))).Build();
}
