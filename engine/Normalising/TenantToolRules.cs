using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>What a tenant's own tool must look like.</summary>
static class TenantToolRules
{
    public static void Check(CatalogueTool tool, string at, List<(string Path, string Message)> problems)
    {
        var known = ToolCatalogue.Shared.Find(tool.Name)?.Tool;
        if (known is not null && tool.Operations.Count > 0)
            problems.Add(($"{at}.operations", $"`{tool.Name}` is a tool of the catalogue and has its operations already; only hosts can be added."));
        if (known is not null && known.Name != tool.Name)
            problems.Add(($"{at}.name", $"`{tool.Name}` is another name of `{known.Name}`."));
        for (var i = 0; i < tool.Hosts.Count; i++)
            CheckHost(tool, tool.Hosts[i], $"{at}.hosts[{i}]", problems);
        var routes = new RouteTree();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tool.Operations.Count; i++)
        {
            var operation = tool.Operations[i];
            var place = $"{at}.operations[{i}]";
            if (operation.Name.Length == 0 || Snake.Of(operation.Name) != operation.Name || !names.Add(operation.Name))
                problems.Add(($"{place}.name", $"`{operation.Name}` is there twice, or not in snake_case."));
            if (operation.Fields.Count > 0)
                problems.Add(($"{place}.fields", "GraphQL fields cannot be given."));
            for (var r = 0; r < operation.Routes.Count; r++)
                if (!routes.TryAdd(operation.Routes[r], operation))
                    problems.Add(($"{place}.routes[{r}]", $"`{operation.Routes[r]}` is no route such as `POST /v1/payouts/{{id}}`, or is there twice."));
        }
    }

    /// <summary>The host in its normal form: <c>pay.corp/v1</c>, <c>*.corp</c>, <c>*</c>, <c>tool://runtime</c>; null where it is none.</summary>
    public static string? Normal(string host)
    {
        if (host == "*" || host.Contains("://", StringComparison.Ordinal))
            return host == "*" ? host : UrlNormaliser.Read(host, out _) is { IsWeb: false } pseudo ? $"{pseudo.Scheme}:{pseudo.Host}" : null;
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? host : host[..slash];
        var wild = name.StartsWith("*.", StringComparison.Ordinal);
        return HostName.ReadDomain(wild ? name[2..] : name) is { } normal ? $"{(wild ? "*." : "")}{normal}{(slash < 0 ? "" : host[slash..])}" : null;
    }

    static void CheckHost(CatalogueTool tool, string host, string at, List<(string Path, string Message)> problems)
    {
        if (Normal(host) is not { } normal)
            problems.Add((at, $"`{host}` is no host such as `pay.example.com/v1`, `*.example.com` or `tool://runtime`."));
        else if (normal == "*" && tool.Name != ToolCatalogue.CustomProxy)
            problems.Add((at, "Only `custom_proxy` may stand for every host."));
        else if (ToolCatalogue.Shared.Hosts.Find(normal.Split('/')[0].TrimStart('*', '.'), PathSegments.Of("", []), out _) is { } owner)
            problems.Add((at, $"`{host}` belongs to `{owner.Tool.Name}`."));
    }
}
