using YamlDotNet.RepresentationModel;

namespace Interven.Api.Tests.Running;

/// <summary>Reads tables of cases under <c>tests/cases/api</c>.</summary>
static class CaseTable
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "cases", file);

    public static IEnumerable<YamlMappingNode> Rows(string file, string key)
    {
        using var reader = new StreamReader(Path(file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlSequenceNode)yaml.Documents[0].RootNode[key]).Cast<YamlMappingNode>().ToList();
    }

    public static string? Text(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    public static IEnumerable<string> Texts(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlSequenceNode)value).Select(item => ((YamlScalarNode)item).Value!) : [];
}
