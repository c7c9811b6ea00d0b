using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Risk;

/// <summary>Reads the risk engines' tables, which are YAML beside this file.</summary>
static class RiskData
{
    public static YamlMappingNode Load(string name)
    {
        using var stream = typeof(RiskData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static YamlMappingNode Map(this YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    public static double Figure(this YamlMappingNode node, string key) =>
        double.Parse(((YamlScalarNode)node[key]).Value!, CultureInfo.InvariantCulture);

    public static string? Word(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    public static string[] Words(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? [.. ((YamlSequenceNode)value).Select(item => ((YamlScalarNode)item).Value!)] : [];

    public static IEnumerable<YamlMappingNode> Rows(this YamlMappingNode node, string key) => ((YamlSequenceNode)node[key]).Cast<YamlMappingNode>();
}
