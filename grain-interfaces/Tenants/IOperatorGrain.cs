using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Tenants;

/// <summary>What only the operator of the installation may do. Key: <see cref="GrainKeys.Singleton"/>.</summary>
[Alias("operator"), GrainInterfaceType("operator")]
public interface IOperatorGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Reply<CreatedTenant>> CreateTenant(CreateTenantRequest request, Actor actor);

    /// <summary>Without a confirmation: what would be erased, and the token that confirms it. With it: erases the tenant, evidence included.</summary>
    [Alias("erase"), ResponseTimeout("00:01:00")]
    Task<Reply<TenantErasure>> EraseTenant(Guid tenant, string? confirmation, Actor actor);

    [Alias("list")]
    Task<IReadOnlyList<TenantRow>> Tenants();

    /// <summary>Makes the tenant that a new installation starts with; refused where it exists.</summary>
    [Alias("create-first")]
    Task<Reply<CreatedTenant>> CreateFirstTenant(Actor actor);

    /// <summary>Who a service-account or bootstrap token is; refuses unknown ones.</summary>
    [Alias("authenticate")]
    Task<Reply<Principal>> Authenticate(string token, string clientAddress);
}

/// <summary>A person or machine that has signed in to <c>/api</c>.</summary>
/// <param name="Tenant">The tenant it acts in.</param>
/// <param name="Role">One of <see cref="Contracts.Access.Roles.All"/>.</param>
/// <param name="Kind"><c>user</c>, <c>service_account</c> or <c>operator</c>: as <see cref="Actor.Kind"/>.</param>
/// <param name="Id">Id within its kind.</param>
/// <param name="IsOperator">True for the operator's token: it may also make and erase tenants.</param>
[GenerateSerializer, Immutable, Alias("principal")]
public sealed record Principal(
    [property: Id(0)] Guid Tenant, [property: Id(1)] string Role, [property: Id(2)] string Kind, [property: Id(3)] string Id, [property: Id(4)] bool IsOperator);
