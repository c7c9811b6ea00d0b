using Interven.Contracts.Inbound;

namespace Interven.GrainInterfaces.Inbound;

/// <summary>Authority over a tenant's inbound routes. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("inbound-routes"), GrainInterfaceType("inbound-routes")]
public interface IInboundRoutesGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<InboundRouteRow>> List();

    [Alias("find")]
    Task<Reply<InboundRouteRow>> Find(Guid route);

    [Alias("create")]
    Task<Reply<MintedInboundRoute>> Create(CreateInboundRouteRequest request, Actor actor);

    [Alias("patch")]
    Task<Reply<InboundRouteRow>> Patch(Guid route, PatchInboundRouteRequest change, Actor actor);

    /// <summary>A new path token; the old one is revoked when this returns.</summary>
    [Alias("rotate-token")]
    Task<Reply<MintedInboundRoute>> RotateToken(Guid route, Actor actor);

    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid route, Actor actor);
}

/// <summary>Finds routes for whoever has the socket. Key: <see cref="GrainKeys.Singleton"/>; stateless worker.</summary>
[Alias("inbound"), GrainInterfaceType("inbound")]
public interface IInboundGrain : IGrainWithStringKey
{
    /// <summary>404 where there is none; 503 where this silo cannot be sure.</summary>
    [Alias("find")]
    Task<Reply<InboundTarget>> Find(string prefix);
}

/// <summary>A route with its owner.</summary>
[GenerateSerializer, Immutable, Alias("inbound-target")]
public sealed record InboundTarget([property: Id(0)] Guid Tenant, [property: Id(1)] InboundRouteRow Route);
