namespace Interven.Contracts.Tenants;

/// <summary>The answer to <c>DELETE /api/tenants/{id}</c>: first what would be erased and the token that confirms it, then what was.</summary>
/// <param name="Status"><c>confirm</c>: nothing has been done; call again with <c>confirm</c>. <c>erased</c>. <c>erasing</c>: nobody can use the tenant any more, and what is left goes within minutes.</param>
/// <param name="ConfirmationToken">With <c>confirm</c>; for ten minutes.</param>
/// <param name="Rows">By table: what is there, or what was erased.</param>
public sealed record TenantErasure(Guid TenantId, string Status, string? ConfirmationToken, DateTimeOffset? ExpiresAt, IReadOnlyDictionary<string, long> Rows);
