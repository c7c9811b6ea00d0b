using System.Xml.Linq;

namespace Interven.Rooms.Tests;

/// <summary>The rooms as ARCHITECTURE.md draws them, read from the project files.</summary>
static class Rooms
{
    public static string Root { get; } = FindRoot();

    /// <summary>Which rooms each room may reference.</summary>
    public static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["contracts"] = [],
        ["engine"] = ["contracts"],
        ["grain-interfaces"] = ["contracts"],
        ["grains"] = ["contracts", "engine", "grain-interfaces"],
        ["storage"] = ["contracts", "engine", "grains"],
        ["silo"] = ["contracts", "engine", "grain-interfaces", "grains", "storage"],
        ["console"] = ["contracts", "engine"],
        ["api-frontend"] = ["contracts", "grain-interfaces", "silo", "console"],
    };

    /// <summary>Packages that a room must not reference, by the beginning of their names.</summary>
    public static readonly Dictionary<string, string[]> Forbidden = new()
    {
        ["contracts"] = ["Microsoft.", "Npgsql", "Swashbuckle", "YamlDotNet"],
        ["engine"] = ["Microsoft.Orleans", "Microsoft.AspNetCore", "Microsoft.Extensions", "Npgsql", "Microsoft.Data"],
        ["grain-interfaces"] = ["Microsoft.AspNetCore", "Npgsql", "Microsoft.Data"],
        ["grains"] = ["Microsoft.AspNetCore", "Npgsql", "Microsoft.Data", "Swashbuckle"],
        ["storage"] = ["Microsoft.AspNetCore", "Microsoft.Orleans", "Swashbuckle"],
        ["console"] = ["Microsoft.Orleans", "Npgsql", "Microsoft.Data", "Swashbuckle", "YamlDotNet"],
        ["api-frontend"] = ["Npgsql", "Microsoft.Data"],
    };

    public static XDocument Project(string room) => XDocument.Load(Directory.GetFiles(Path.Combine(Root, room), "*.csproj").Single());

    public static IEnumerable<string> ReferencedRooms(string room) => Project(room).Descendants("ProjectReference")
        .Select(reference => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Root, room, reference.Attribute("Include")!.Value))))!);

    public static IEnumerable<string> Packages(string room) => Project(room).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);

    public static IEnumerable<string> Sources(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Interven.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The solution is not above the test's folder.");
    }
}
