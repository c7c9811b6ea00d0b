namespace Interven.Grains.Ports;

/// <summary>Machines with a role: <c>iv_svc_…</c>.</summary>
public interface IServiceAccountStore
{
    ValueTask<Changed<ServiceAccountRow>> Create(NewServiceAccount account, AuditRow audit, CancellationToken cancel = default);

    /// <summary>By the id in a presented token, before any tenant is known.</summary>
    ValueTask<ServiceAccountRow?> Find(ServiceAccountId account, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<ServiceAccountRow>> List(TenantId tenant, CancellationToken cancel = default);

    ValueTask<Changed<ServiceAccountRow>> Revoke(TenantId tenant, ServiceAccountId account, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Tenant">Owner.</param>
/// <param name="Account">Id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Hash">HMAC-SHA-256 of the full token under the server's pepper.</param>
/// <param name="Role">One of the four roles.</param>
/// <param name="Allowlist">CIDRs; empty lets every address in.</param>
public sealed record NewServiceAccount(TenantId Tenant, ServiceAccountId Account, string Name, byte[] Hash, string Role, IReadOnlyList<string> Allowlist);

public sealed record ServiceAccountRow(NewServiceAccount Account, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
