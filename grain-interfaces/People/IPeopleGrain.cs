using Interven.Contracts.People;
using Interven.GrainInterfaces.Tenants;

namespace Interven.GrainInterfaces.People;

/// <summary>People, service accounts and sessions of a tenant. Key: <see cref="GrainKeys.Tenant"/>. Each change is committed with its audit row.</summary>
[Alias("people"), GrainInterfaceType("people")]
public interface IPeopleGrain : IGrainWithStringKey
{
    [Alias("me")]
    Task<Me> Me(Principal caller);

    [Alias("users")]
    Task<IReadOnlyList<TeamMember>> Users();

    [Alias("invite")]
    Task<Reply<InvitedUser>> Invite(InviteUserRequest request, Actor actor);

    /// <summary>409 LAST_ADMIN where the tenant would be left without one.</summary>
    [Alias("set-role")]
    Task<Reply<TeamMember>> SetRole(Guid user, PatchUserRequest change, Actor actor);

    /// <summary>A new temporary password, and no second factor: for who lost either.</summary>
    [Alias("reset")]
    Task<Reply<InvitedUser>> Reset(Guid user, Actor actor);

    /// <summary>The person's sessions are over when it returns.</summary>
    [Alias("remove")]
    Task<Reply<Done>> Remove(Guid user, Actor actor);

    [Alias("accounts")]
    Task<IReadOnlyList<ServiceAccount>> ServiceAccounts();

    [Alias("create-account")]
    Task<Reply<CreatedServiceAccount>> CreateServiceAccount(CreateServiceAccountRequest request, Actor actor);

    /// <summary>Its token and its sessions open nothing any more when it returns.</summary>
    [Alias("revoke-account")]
    Task<Reply<ServiceAccount>> RevokeServiceAccount(string id, Actor actor);

    /// <param name="owner">Whose; null: everybody's.</param>
    /// <param name="current">The session that asks.</param>
    [Alias("sessions")]
    Task<IReadOnlyList<SessionEntry>> Sessions(string? owner, Guid? current);

    /// <param name="session">Which one.</param>
    /// <param name="owner">Whose it must be; null: anybody's.</param>
    /// <param name="actor">Who ends it.</param>
    [Alias("end-session")]
    Task<Reply<Done>> EndSession(Guid session, string? owner, Actor actor);
}

/// <summary>One person's own account. Key: <see cref="GrainKeys.User"/>.</summary>
[Alias("account"), GrainInterfaceType("account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Ends every session of the person and opens a new one.</summary>
    [Alias("change-password")]
    Task<Reply<SignedIn>> ChangePassword(ChangePasswordRequest request, Actor actor);

    /// <summary>A new secret, which counts once it is confirmed.</summary>
    [Alias("enrol-totp")]
    Task<Reply<TotpEnrolment>> EnrolTotp(Actor actor);

    [Alias("confirm-totp")]
    Task<Reply<RecoveryCodes>> ConfirmTotp(TotpCode code, Actor actor);

    [Alias("disable-totp")]
    Task<Reply<Done>> DisableTotp(TotpCode code, Actor actor);
}
