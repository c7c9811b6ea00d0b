using Interven.Contracts.Access;

namespace Interven.Grains.Ports;

/// <summary>
/// The people of all tenants. An e-mail address belongs to one person of one tenant. Each change is one transaction with its audit row. Nobody
/// remembers people, so no change needs the change log: a <see cref="Changed{T}.ChangeId"/> of this port is null.
/// </summary>
public interface IUserStore
{
    /// <summary>Null where the tenant has no such person; people who were removed are found, with <see cref="UserRow.RemovedAt"/>.</summary>
    ValueTask<UserRow?> Find(TenantId tenant, UserId user, CancellationToken cancel = default);

    /// <summary>By address in any case, over all tenants: before any tenant is known. Never one who was removed.</summary>
    ValueTask<UserRow?> FindByEmail(string email, CancellationToken cancel = default);

    /// <summary>By what an identity provider calls the person, over all tenants. Never one who was removed.</summary>
    ValueTask<UserRow?> FindBySubject(string issuer, string subject, CancellationToken cancel = default);

    /// <summary>By address, without those who were removed.</summary>
    ValueTask<IReadOnlyList<UserRow>> List(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Conflict where the address belongs to somebody, of whichever tenant.</summary>
    ValueTask<Changed<UserRow>> Create(NewUser user, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Ends the person's sessions. Conflict where the tenant would be left without an admin.</summary>
    ValueTask<Changed<UserRow>> SetRole(TenantId tenant, UserId user, string role, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Ends the person's sessions. Conflict where the row is no longer at <paramref name="expectedVersion"/>.</summary>
    ValueTask<Changed<UserRow>> SetPassword(TenantId tenant, UserId user, long expectedVersion, NewPassword password, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Conflict where the row is no longer at <paramref name="expectedVersion"/>.</summary>
    ValueTask<Changed<UserRow>> SetSecondFactor(TenantId tenant, UserId user, long expectedVersion, SecondFactor factor, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Spends a time step or a recovery code: true for one caller only.</summary>
    ValueTask<bool> Spend(TenantId tenant, UserId user, long expectedVersion, SecondFactor after, CancellationToken cancel = default);

    /// <summary>Binds an identity of a provider to a person who has none; a temporary password goes with it. Conflict where either is bound.</summary>
    ValueTask<Changed<UserRow>> Bind(TenantId tenant, UserId user, string issuer, string subject, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Ends the person's sessions too, and frees the address. Conflict where the tenant would be left without an admin.</summary>
    ValueTask<Changed<UserRow>> Remove(TenantId tenant, UserId user, AuditRow audit, CancellationToken cancel = default);
}

/// <param name="Hash">As ASP.NET Core Identity's hasher writes it; null for who signs in elsewhere.</param>
/// <param name="TemporaryFor">How long a password that must be changed can be used; null for one of the person's own choice.</param>
public sealed record NewPassword(string? Hash, TimeSpan? TemporaryFor = null);

public sealed record NewUser(TenantId Tenant, UserId User, string Email, string Role, NewPassword Password);

/// <summary>The second factor as it is kept.</summary>
/// <param name="SealedSecret">Shared with the person's authenticator, sealed by <see cref="ITenantVault"/>; null for none.</param>
/// <param name="Enabled">Confirmed with a first code, and asked for at every sign-in.</param>
/// <param name="LastStep">Newest time step that was used: a code counts once.</param>
/// <param name="Recovery">Keyed hashes of the codes that may each replace the authenticator once, as hex.</param>
public sealed record SecondFactor(byte[]? SealedSecret, bool Enabled, long LastStep, IReadOnlyList<string> Recovery)
{
    public static readonly SecondFactor None = new(null, false, 0, []);
}

public sealed record UserRow
{
    public required TenantId Tenant { get; init; }
    public required UserId User { get; init; }

    /// <summary>As it was given.</summary>
    public required string Email { get; init; }

    /// <summary>One of <see cref="Roles.Given"/>.</summary>
    public required string Role { get; init; }

    public string? PasswordHash { get; init; }

    /// <summary>Set while the password must be changed: after that time it opens nothing.</summary>
    public DateTimeOffset? TemporaryUntil { get; init; }

    public SecondFactor SecondFactor { get; init; } = SecondFactor.None;
    public string? Issuer { get; init; }
    public string? Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Counts changes, from 1.</summary>
    public required long Version { get; init; }
}
