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

    /// <summary>Makes the tenant that a new installation starts with; refused where it exists and somebody can get in.</summary>
    [Alias("create-first")]
    Task<Reply<FirstAdmin>> CreateFirstTenant(Actor actor);
}

/// <summary>How to get into a new installation; shown once.</summary>
/// <param name="Tenant">The first tenant.</param>
/// <param name="Email">Its admin.</param>
/// <param name="Password">Made here; null where configuration gave one.</param>
/// <param name="Token">The operator's; null where an earlier start that did not end made it.</param>
[GenerateSerializer, Immutable, Alias("first-admin")]
public sealed record FirstAdmin([property: Id(0)] Guid Tenant, [property: Id(1)] string Email, [property: Id(2)] string? Password, [property: Id(3)] string? Token);

/// <summary>A person or machine that has signed in to <c>/api</c>.</summary>
/// <param name="Tenant">The tenant it acts in.</param>
/// <param name="Role">One of <see cref="Contracts.Access.Roles.All"/>.</param>
/// <param name="Kind"><c>user</c>, <c>service_account</c> or <c>operator</c>: as <see cref="Actor.Kind"/>.</param>
/// <param name="Id">Id within its kind.</param>
/// <param name="IsOperator">True for the operator's token: it may also make and erase tenants.</param>
[GenerateSerializer, Immutable, Alias("principal")]
public sealed record Principal(
    [property: Id(0)] Guid Tenant, [property: Id(1)] string Role, [property: Id(2)] string Kind, [property: Id(3)] string Id, [property: Id(4)] bool IsOperator)
{
    /// <summary>A person's e-mail address, or a service account's name.</summary>
    [Id(5)] public string Name { get; init; } = "";

    /// <summary>Null for who came with a bearer token.</summary>
    [Id(6)] public Guid? Session { get; init; }

    /// <summary>The person's password is a temporary one.</summary>
    [Id(7)] public bool MustChangePassword { get; init; }

    /// <summary>A session for a cookie jar: it only looks, whatever the role.</summary>
    [Id(8)] public bool IsReadOnly { get; init; }

    [Id(9)] public bool HasSecondFactor { get; init; }
}
