using Interven.Contracts.Tools;

namespace Interven.GrainInterfaces.Settings;

/// <summary>The catalogue, and a tenant's own tools. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("tools"), GrainInterfaceType("tools")]
public interface IToolsGrain : IGrainWithStringKey
{
    /// <summary>The tenant's own first, then the catalogue by name.</summary>
    [Alias("list")]
    Task<IReadOnlyList<ToolRow>> List();

    [Alias("create")]
    Task<Reply<ToolRow>> Create(ToolRequest request, Actor actor);

    [Alias("replace")]
    Task<Reply<ToolRow>> Replace(Guid tool, ToolRequest request, Actor actor);

    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid tool, Actor actor);
}
