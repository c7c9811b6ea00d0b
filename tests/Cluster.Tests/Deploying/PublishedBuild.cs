using System.Text.RegularExpressions;
using Interven.Cluster.Tests.Running;

namespace Interven.Cluster.Tests.Deploying;

/// <summary>What the images hold: made once, by the very steps of the Dockerfiles.</summary>
public sealed partial class PublishedBuild : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("interven-publish-").FullName;

    public async Task InitializeAsync()
    {
        foreach (var name in (string[])["silo", "frontend"])
            await Command.Run("dotnet", Arguments(name, Path.Combine(Folder, name)), TimeSpan.FromMinutes(10));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The step of the Dockerfile, with another place to go.</summary>
    static string[] Arguments(string name, string output)
    {
        var step = PublishLine().Match(File.ReadAllText(Path.Combine(Places.Root, "deploy", name + ".Dockerfile"))).Groups[1].Value;
        Assert.Contains("-o /app", step, StringComparison.Ordinal);
        return step.Replace("-o /app", "-o " + output, StringComparison.Ordinal).Split(' ');
    }

    [GeneratedRegex(@"^RUN .*?dotnet (publish .+)$", RegexOptions.Multiline)]
    private static partial Regex PublishLine();
}
