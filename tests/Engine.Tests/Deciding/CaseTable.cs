using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Tests.Deciding;

/// <summary>Reads tables of cases under <c>tests/cases</c>.</summary>
static class CaseTable
{
    public static YamlMappingNode Load(string path)
    {
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "cases", path));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static IEnumerable<YamlMappingNode> Rows(string path, string key) => ((YamlSequenceNode)Load(path)[key]).Cast<YamlMappingNode>();

    public static bool Has(this YamlMappingNode node, string key) => node.Children.ContainsKey(key);

    public static string Text(this YamlMappingNode node, string key, string absent = "") =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value ?? "" : absent;

    public static string[] Texts(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? [.. ((YamlSequenceNode)value).Select(item => ((YamlScalarNode)item).Value ?? "")] : [];

    public static double Number(this YamlMappingNode node, string key, double absent = 0) =>
        node.Has(key) ? double.Parse(node.Text(key), System.Globalization.CultureInfo.InvariantCulture) : absent;

    public static bool Flag(this YamlMappingNode node, string key) => node.Text(key) == "true";
}
