namespace Interven.Engine.Normalising.Catalogue;

/// <summary>All known tools. Read once from the files of this folder.</summary>
public sealed class ToolCatalogue
{
    /// <summary>The tool of every call that goes nowhere known.</summary>
    public const string CustomProxy = "custom_proxy";

    public static readonly ToolCatalogue Shared = new([.. CatalogueFiles.Tools.Select(file =>
    {
        using var reader = CatalogueFiles.Open(file);
        return CatalogueReader.Read(file, reader);
    })]);

    readonly Dictionary<string, CompiledTool> byName = new(StringComparer.Ordinal);

    internal ToolCatalogue(IReadOnlyList<CatalogueTool> tools)
    {
        Tools = tools;
        foreach (var tool in tools)
        {
            var compiled = new CompiledTool(tool);
            foreach (var name in tool.Names.Concat(tool.EverydayNames).Prepend(tool.Name).Distinct())
                if (!byName.TryAdd(Snake.Of(name), compiled))
                    throw new InvalidDataException($"{tool.Name}: the name `{name}` is another tool's.");
            foreach (var host in tool.Hosts)
                if (!Hosts.TryAdd(host, compiled))
                    throw new InvalidDataException($"{tool.Name}: `{host}` is another tool's.");
        }
        Functions = new(byName);
    }

    public IReadOnlyList<CatalogueTool> Tools { get; }

    internal HostIndex Hosts { get; } = new();

    internal FunctionIndex Functions { get; }

    /// <summary>True where policies and callers may use that name.</summary>
    public bool Knows(string tool) => byName.TryGetValue(tool, out var found) && found.Tool.Name == tool;

    /// <summary>By its own name or another one, in snake_case.</summary>
    internal CompiledTool? Find(string name) => byName.GetValueOrDefault(name);
}
