using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Tenants;

/// <summary>Asks for a new tenant. Operator only.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="AdminEmail">The first admin; an e-mail belongs to one tenant.</param>
public sealed record CreateTenantRequest([property: Required] string? Name, [property: Required] string? AdminEmail);

/// <summary>A tenant that was just made.</summary>
/// <param name="AdminToken">Service-account token with the admin role (<c>iv_svc_…</c>): the only answer that ever carries it.</param>
public sealed record CreatedTenant(Guid TenantId, string Name, string AdminEmail, string AdminToken);

/// <summary>A tenant as the operator's list shows it.</summary>
public sealed record TenantRow(Guid TenantId, string Name, DateTimeOffset CreatedAt);

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Opaque; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
