using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Cluster.Tests.Running;

namespace Interven.Cluster.Tests.Deploying;

public sealed partial class DeployTests
{
    public static TheoryData<string> Dockerfiles => ["silo", "frontend"];

    [Theory, MemberData(nameof(Dockerfiles))]
    public void An_image_runs_as_nobody_on_a_pinned_base_with_ICU_and_time_zones(string name)
    {
        var text = Dockerfile(name);
        var bases = FromLine().Matches(text).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, bases.Count);
        Assert.All(bases, image => Assert.Matches(@":10\.0[.0-9]*-noble", image));
        Assert.EndsWith("-chiseled-extra", bases[1], StringComparison.Ordinal);
        Assert.Contains("\nUSER 1654\n", text, StringComparison.Ordinal);
        using var sdk = JsonDocument.Parse(File.ReadAllText(Path.Combine(Places.Root, "global.json")));
        var wanted = sdk.RootElement.GetProperty("sdk").GetProperty("version").GetString()!;
        Assert.Contains($"/sdk:{wanted[..^1]}", bases[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_limits_every_process_of_ours_and_names_only_versions()
    {
        var compose = ComposeFile.Read();
        foreach (var name in compose.Services)
        {
            var service = compose.Service(name);
            Assert.Matches(@":[0-9][0-9.]*[0-9]$", (string)service["image"]);
            if (!((string)service["image"]).StartsWith("interven/", StringComparison.Ordinal))
                continue;
            Assert.Equal("true", service["read_only"]);
            Assert.Equal(["ALL"], (List<object>)service["cap_drop"]);
            Assert.Contains("no-new-privileges:true", (List<object>)service["security_opt"]);
        }
    }

    static string Dockerfile(string name) => File.ReadAllText(Path.Combine(Places.Root, "deploy", name + ".Dockerfile"));

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex FromLine();
}
