namespace Interven.Engine.Normalising.Catalogue;

/// <summary>A tool ready for look-ups: by path, by operation name, by GraphQL field.</summary>
sealed class CompiledTool
{
    readonly Dictionary<string, CatalogueOperation> byName = new(StringComparer.Ordinal);
    readonly Dictionary<string, CatalogueOperation> byField = new(StringComparer.Ordinal);

    public CompiledTool(CatalogueTool tool)
    {
        Tool = tool;
        foreach (var operation in tool.Operations)
        {
            foreach (var route in operation.Routes)
                if (!Routes.TryAdd(route, operation))
                    throw new InvalidDataException($"{tool.Name}: `{route}` of {operation.Name} is no route, or one that another operation has.");
            foreach (var field in operation.Fields)
                byField.Add(field, operation);
        }
        foreach (var operation in tool.Operations)
            byName.TryAdd(operation.Name, operation);
        foreach (var operation in tool.Operations)
            foreach (var name in operation.Names.Concat(operation.Fields))
                byName.TryAdd(Snake.Of(name), operation);
        foreach (var operation in tool.Operations)
            foreach (var name in operation.Names.Concat(operation.Fields).Prepend(operation.Name))
                byName.TryAdd(FunctionWords.Canonical(Snake.Of(name)), operation);
    }

    public CatalogueTool Tool { get; }

    public RouteTree Routes { get; } = new();

    public CatalogueOperation? ByField(ReadOnlySpan<char> field) =>
        byField.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out var operation) ? operation : null;

    /// <summary>The operation that a snake_case name means here: its own name, another name of it, or the same said in other words.</summary>
    public CatalogueOperation? ByName(string name) =>
        byName.TryGetValue(name, out var operation) || byName.TryGetValue(FunctionWords.Canonical(name), out operation) ? operation : null;

    public bool IsGraphQl(ReadOnlySpan<char> path)
    {
        foreach (var graphQl in Tool.GraphQlPaths)
            if (path.TrimEnd('/').Equals(graphQl, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
