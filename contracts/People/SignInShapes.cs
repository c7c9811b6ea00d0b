using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.People;

/// <summary>Signs a person in. The answer carries the cookies <c>interven_session</c> and <c>interven_csrf</c>.</summary>
/// <param name="Email">In any case.</param>
/// <param name="Password">At most 256 characters.</param>
/// <param name="Totp">Six digits of the person's authenticator, or one of the recovery codes, where a second factor is on.</param>
public sealed record LoginRequest([property: Required] string? Email, [property: Required] string? Password, string? Totp = null);

/// <summary>Who has signed in.</summary>
/// <param name="MustChangePassword">The password is a temporary one: until it is changed, everything else is 403 PASSWORD_CHANGE_REQUIRED.</param>
public sealed record LoginAnswer(string Email, string Role, bool MustChangePassword);

/// <summary>Changes one's own password. Every other session ends; the answer carries new cookies.</summary>
/// <param name="Current">The password until now.</param>
/// <param name="New">12 to 256 characters, with at least 5 different ones, without one's address.</param>
public sealed record ChangePasswordRequest([property: Required] string? Current, [property: Required] string? New);

/// <summary>Who one is, and what one may do.</summary>
/// <param name="Kind"><c>user</c>, <c>service_account</c> or <c>operator</c>.</param>
/// <param name="Id">Id within its kind.</param>
/// <param name="Name">A person's e-mail address, or a service account's name.</param>
/// <param name="Email">Null for machines.</param>
/// <param name="Permissions">Of <c>docs/roles.md</c>.</param>
/// <param name="MustChangePassword">The password is a temporary one: until it is changed, everything else is 403 PASSWORD_CHANGE_REQUIRED.</param>
/// <param name="ReadOnly">A session that a service account opened for a cookie jar: it only looks.</param>
public sealed record Me(
    Guid TenantId, string TenantName, string Kind, string Id, string Name, string? Email, string Role, IReadOnlyList<string> Permissions,
    bool MustChangePassword, bool TotpEnabled, bool ReadOnly);

/// <summary>A second factor that is to be confirmed with a first code: the only answer that ever carries the secret.</summary>
/// <param name="Secret">Base32, for typing.</param>
/// <param name="Uri"><c>otpauth://</c>, for a QR code.</param>
public sealed record TotpEnrolment(string Secret, string Uri);

/// <summary>A code of one's authenticator, or a recovery code.</summary>
public sealed record TotpCode([property: Required] string? Code);

/// <summary>Codes that may each replace the authenticator once: the only answer that ever carries them.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>A read-only session for a cookie jar, bound to the address that opened it.</summary>
public sealed record ServiceSession(string Name, string Role, string Ip, DateTimeOffset EndsAt);

/// <summary>Somebody's session.</summary>
/// <param name="Kind"><c>user</c> or <c>service_account</c>.</param>
/// <param name="Owner">User id, or service account's id.</param>
/// <param name="Name">E-mail address, or service account's name.</param>
/// <param name="Method"><c>password</c>, <c>totp</c>, <c>sso</c> or <c>token</c>.</param>
/// <param name="EndsAt">At the latest; earlier where nothing is asked for 8 h.</param>
/// <param name="Current">The session that asks.</param>
public sealed record SessionEntry(
    Guid SessionId, string Kind, string Owner, string Name, string Method, string Ip, string UserAgent,
    DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, bool Current);
