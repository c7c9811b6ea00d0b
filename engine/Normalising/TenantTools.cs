using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>
/// The tools and patterns that a tenant added. A tool named <c>custom_proxy</c> only gives operations to addresses that stay <c>custom_proxy</c>;
/// a tool of the catalogue (a GitLab of one's own) adds hosts to it. Hosts of the catalogue cannot be taken over.
/// </summary>
public sealed class TenantTools
{
    public static readonly TenantTools None = new();

    /// <summary>Most operations of all tools together.</summary>
    public const int MostOperations = 2000;

    readonly Dictionary<string, CompiledTool> byName = new(StringComparer.Ordinal);

    internal HostIndex Hosts { get; } = new();

    internal CompiledTool? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>True for a tool that the tenant added.</summary>
    public bool Knows(string tool) => byName.ContainsKey(tool);

    /// <summary>Null where anything is wrong; all that is, is in <paramref name="problems"/>, each with its place (<c>$[0].hosts[1]</c>) and a sentence.</summary>
    public static TenantTools? Compile(IReadOnlyList<CatalogueTool> tools, out IReadOnlyList<(string Path, string Message)> problems)
    {
        var found = new List<(string, string)>();
        var result = new TenantTools();
        if (tools.Sum(tool => tool.Operations.Count) > MostOperations)
            found.Add(("$", $"More than {MostOperations} operations."));
        else
            for (var i = 0; i < tools.Count; i++)
                result.Add(tools[i], $"$[{i}]", found);
        problems = found;
        return found.Count == 0 ? result : null;
    }

    void Add(CatalogueTool tool, string at, List<(string, string)> problems)
    {
        var before = problems.Count;
        if (tool.Name.Length == 0 || Snake.Of(tool.Name) != tool.Name)
            problems.Add(($"{at}.name", $"`{tool.Name}` is not in snake_case."));
        TenantToolRules.Check(tool, at, problems);
        if (problems.Count > before)
            return;
        var known = ToolCatalogue.Shared.Find(tool.Name);
        var compiled = known is not null && known.Tool.Name == tool.Name ? known : new CompiledTool(tool);
        if (tool.Name != ToolCatalogue.CustomProxy && compiled != known && !byName.TryAdd(tool.Name, compiled))
            problems.Add(($"{at}.name", $"`{tool.Name}` is there twice."));
        for (var i = 0; i < tool.Hosts.Count; i++)
            if (!Hosts.TryAdd(TenantToolRules.Normal(tool.Hosts[i])!, compiled))
                problems.Add(($"{at}.hosts[{i}]", $"`{tool.Hosts[i]}` belongs to another tool already."));
    }
}
