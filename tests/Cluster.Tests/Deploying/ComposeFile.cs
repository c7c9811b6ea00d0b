using Interven.Cluster.Tests.Running;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Interven.Cluster.Tests.Deploying;

/// <summary><c>deploy/docker-compose.yml</c> as compose reads it, as far as a process needs to know.</summary>
sealed class ComposeFile
{
    readonly Dictionary<string, object> services;

    ComposeFile(Dictionary<string, object> services) => this.services = services;

    public IEnumerable<string> Services => services.Keys;

    public static ComposeFile Read()
    {
        var text = File.ReadAllText(Path.Combine(Places.Root, "deploy/docker-compose.yml"));
        var all = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));
        return new(((Dictionary<object, object>)all["services"]).ToDictionary(one => (string)one.Key, one => one.Value));
    }

    public Dictionary<object, object> Service(string name) => (Dictionary<object, object>)services[name];

    /// <summary>A service's settings, with what compose would take from its own environment.</summary>
    public Dictionary<string, string> Settings(string service, params (string What, string With)[] replaced)
    {
        var given = Service(service).TryGetValue("environment", out var found) ? (Dictionary<object, object>)found : [];
        return given.ToDictionary(one => (string)one.Key, one => replaced.Aggregate((string)one.Value, (text, pair) => text.Replace(pair.What, pair.With, StringComparison.Ordinal)));
    }

    public string AddressOf(string service)
    {
        var networks = (Dictionary<object, object>)Service(service)["networks"];
        return (string)((Dictionary<object, object>)networks["interven"])["ipv4_address"];
    }
}
