using Interven.Contracts.Errors;
using Interven.Contracts.Tools;
using Interven.Engine.Normalising;
using Interven.Engine.Normalising.Catalogue;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Interven.Grains.Settings;

namespace Interven.Grains.Tools;

[GrainType("tools")]
sealed class ToolsGrain(OwnDocuments documents) : Grain, IToolsGrain
{
    const int Most = 200;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<ToolRow>> List() =>
    [
        .. (await documents.List(Tenant, StoredTool.DocumentKind)).Select(Row),
        .. ToolCatalogue.Shared.Tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).Select(tool => new ToolRow(null, tool.Name, tool.Title, tool.Category, "catalogue", tool.Hosts,
            [.. tool.Operations.Select(operation => new ToolOperation(operation.Name, operation.Verb.Word(), operation.Category, operation.Routes, operation.Names))])),
    ];

    public async Task<Reply<ToolRow>> Create(ToolRequest request, Actor actor)
    {
        var tool = StoredTool.Of(request);
        var problems = await Problems(request, tool, null);
        return problems.Count > 0 ? KeyRules.Invalid(problems) : Row(await documents.Create(Tenant, StoredTool.DocumentKind, request.Name!, tool.ToJson(), Most, actor));
    }

    public async Task<Reply<ToolRow>> Replace(Guid id, ToolRequest request, Actor actor)
    {
        var tool = StoredTool.Of(request);
        var problems = await Problems(request, tool, id);
        return problems.Count > 0 ? KeyRules.Invalid(problems) : Row(await documents.Replace(Tenant, StoredTool.DocumentKind, id, request.Name!, tool.ToJson(), actor));
    }

    public Task<Reply<Done>> Delete(Guid tool, Actor actor) => documents.Delete(Tenant, StoredTool.DocumentKind, tool, actor);

    /// <summary>The tool must hold by itself and among the others: it is compiled with them, and stands last, so that a clash is its own.</summary>
    async Task<List<FieldError>> Problems(ToolRequest request, StoredTool tool, Guid? replaced)
    {
        var problems = new List<FieldError>();
        OwnNames.Check(request.Name, problems);
        StoredTool.Check(request, problems);
        if (problems.Count > 0)
            return problems;
        var others = (await documents.List(Tenant, StoredTool.DocumentKind)).Where(one => one.Document.Id != replaced?.ToString("N")).Select(StoredTool.Of).ToList();
        TenantTools.Compile([.. others.Select(other => other.ToCatalogue()), tool.ToCatalogue()], out var found);
        var own = $"$[{others.Count}]";
        problems.AddRange(found.Select(problem => new FieldError(problem.Path.StartsWith(own, StringComparison.Ordinal) ? "$" + problem.Path[own.Length..] : "$", problem.Message)));
        return problems;
    }

    static Reply<ToolRow> Row(Reply<TenantDocument> reply) => reply.Value is { } document ? Row(document) : reply.Refusal!;

    static ToolRow Row(TenantDocument document)
    {
        var tool = StoredTool.Of(document);
        return new(Guid.ParseExact(document.Document.Id, "N"), tool.Name, tool.Title, "custom", "own", tool.Hosts, tool.Operations);
    }
}
