using Interven.Contracts;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Normalising.Catalogue;

/// <summary>Reads a tool's YAML file. The files are part of this assembly: a mistake in one is a bug and is thrown, naming file and key.</summary>
static class CatalogueReader
{
    public static CatalogueTool Read(string file, TextReader yaml)
    {
        var stream = new YamlStream();
        stream.Load(yaml);
        var root = new CatalogueNode(file, (YamlMappingNode)stream.Documents[0].RootNode);
        root.Allow("tool", "title", "category", "words", "names", "hosts", "graphql", "attributes", "services", "operations");
        var category = root.Text("category");
        return new(root.Text("tool"), root.Text("title"), category)
        {
            Hosts = root.List("hosts"),
            Names = root.List("names"),
            EverydayNames = root.List("words"),
            GraphQlPaths = root.List("graphql"),
            Attributes = root.Attributes("attributes"),
            Services = Services(root),
            Operations = [.. root.Map("operations").Select(entry => Operation(file, entry.Key, entry.Value, category))],
        };
    }

    static Dictionary<string, CloudService> Services(CatalogueNode root) =>
        root.Map("services").ToDictionary(entry => entry.Key, entry =>
        {
            var service = new CatalogueNode($"{root.Where}: services.{entry.Key}", (YamlMappingNode)entry.Value);
            service.Allow("category", "writes");
            return new CloudService(service.Text("category"), service.Verb("writes") ?? Verb.Write);
        });

    static CatalogueOperation Operation(string file, string name, YamlNode value, string category)
    {
        var where = $"{file}: operations.{name}";
        if (value is YamlScalarNode { Value: { } line })
            return OperationLine.Read(where, name, line, category);
        var node = new CatalogueNode(where, (YamlMappingNode)value);
        node.Allow("routes", "names", "fields", "verb", "category", "attributes");
        var routes = node.List("routes");
        return new(name, node.Verb("verb") ?? OperationLine.VerbOf(routes), node.OptionalText("category") ?? category)
        {
            Routes = routes,
            Names = node.List("names"),
            Fields = node.List("fields"),
            Attributes = node.Attributes("attributes"),
        };
    }
}
