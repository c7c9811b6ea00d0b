using System.Security.Cryptography;
using System.Text;

namespace Interven.Storage.Migrations;

/// <summary>A numbered script as it is compiled in. It is never edited once released: its checksum is kept in the database.</summary>
sealed record Script(string Name, string Text, string Checksum)
{
    public static IReadOnlyList<Script> For(string dialect) => Read($"Migrations/{dialect}/");

    public static Script Orleans(string dialect) => Read($"Orleans/{dialect}.sql").Single();

    static List<Script> Read(string prefix)
    {
        var assembly = typeof(Script).Assembly;
        var scripts = new List<Script>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var path = resource.Replace('\\', '/');
            if (!path.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var text = reader.ReadToEnd().ReplaceLineEndings("\n");
            scripts.Add(new Script(Path.GetFileNameWithoutExtension(path), text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
        }
        return [.. scripts.OrderBy(script => script.Name, StringComparer.Ordinal)];
    }
}
