using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Interven.Contracts.Tenants;

/// <summary>Asks for a new tenant. Operator only.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="AdminEmail">The first admin; an e-mail belongs to one tenant.</param>
/// <param name="WithToken">Makes a service account with the admin role too, for scripts that set the tenant up.</param>
public sealed record CreateTenantRequest([property: Required] string? Name, [property: Required] string? AdminEmail, bool WithToken = false);

/// <summary>A tenant that was just made: the only answer that ever carries its secrets.</summary>
/// <param name="TemporaryPassword">The admin's, to be changed at the first sign-in within seven days.</param>
/// <param name="AdminToken">Service-account token with the admin role (<c>iv_svc_…</c>), where one was asked for.</param>
public sealed record CreatedTenant(
    Guid TenantId, string Name, string AdminEmail, string TemporaryPassword, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AdminToken = null);

/// <summary>A tenant as the operator's list shows it.</summary>
public sealed record TenantRow(Guid TenantId, string Name, DateTimeOffset CreatedAt);

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Opaque; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
