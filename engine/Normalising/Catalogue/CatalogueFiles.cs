using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Normalising.Catalogue;

/// <summary>The YAML files beside this one, as they are built into the assembly.</summary>
static class CatalogueFiles
{
    const string Folder = "Normalising/Catalogue/";

    public static IEnumerable<string> Tools =>
        typeof(CatalogueFiles).Assembly.GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !name.EndsWith("/words.yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static StreamReader Open(string name) =>
        new(typeof(CatalogueFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not in the assembly."));

    public static CatalogueNode Root(string file)
    {
        using var reader = Open(Folder + file);
        var stream = new YamlStream();
        stream.Load(reader);
        return new(file, (YamlMappingNode)stream.Documents[0].RootNode);
    }
}
