using System.Text;

namespace Interven.Engine.Policies;

/// <summary>The policies that come with the product: those that a new tenant starts with, and the packs that it may apply.</summary>
public static class PolicyLibrary
{
    const string SeedFolder = "Policies/Seeds/", PackFolder = "Policies/Packs/";

    /// <summary>In a new tenant, enabled.</summary>
    public static IReadOnlyList<PolicyDocument> Seeds { get; } = [.. Names(SeedFolder).Select(Load)];

    /// <summary>Names of the packs, e.g. <c>fintech-starter</c>.</summary>
    public static IReadOnlyList<string> Packs { get; } = [.. Names(PackFolder).Select(name => name[PackFolder.Length..].Split('/', '.')[0]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The policies of a pack; empty for an unknown one.</summary>
    public static IReadOnlyList<PolicyDocument> Pack(string name) =>
        [.. Names(PackFolder).Where(file => file[PackFolder.Length..].Split('/', '.')[0] == name).Select(Load)];

    static IEnumerable<string> Names(string folder) =>
        typeof(PolicyLibrary).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    static PolicyDocument Load(string resource)
    {
        using var stream = typeof(PolicyLibrary).Assembly.GetManifestResourceStream(resource)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        var reading = PolicyReader.Read(text.ReadToEnd());
        return reading.Document ?? throw new InvalidOperationException($"{resource}: {string.Join("; ", reading.Problems.Select(problem => $"{problem.Path} {problem.Message}"))}");
    }
}
