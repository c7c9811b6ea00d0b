using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.People;

/// <summary>Lets a person into the tenant.</summary>
/// <param name="Email">Belongs to nobody yet, in whichever tenant.</param>
/// <param name="Role"><c>admin</c>, <c>developer</c>, <c>reviewer</c> or <c>auditor</c>.</param>
public sealed record InviteUserRequest([property: Required] string? Email, [property: Required] string? Role);

/// <summary>A person who was just let in, or whose access was made anew: the only answer that ever carries the password.</summary>
/// <param name="TemporaryPassword">To be changed at the first sign-in.</param>
/// <param name="TemporaryUntil">After that it opens nothing.</param>
public sealed record InvitedUser(Guid UserId, string Email, string Role, string TemporaryPassword, DateTimeOffset TemporaryUntil);

/// <summary>A person of the tenant.</summary>
/// <param name="MustChangePassword">Has not signed in with a password of the own choice yet.</param>
/// <param name="SingleSignOn">Is bound to an identity of a provider.</param>
public sealed record TeamMember(
    Guid UserId, string Email, string Role, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, bool MustChangePassword, bool TotpEnabled, bool SingleSignOn);

/// <summary>Changes a person's role; the person's sessions end.</summary>
public sealed record PatchUserRequest([property: Required] string? Role);

/// <summary>Makes a machine with a role.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Role"><c>admin</c>, <c>developer</c>, <c>reviewer</c> or <c>auditor</c>; SIEM jobs want <c>auditor</c>.</param>
/// <param name="IpAllowlist">CIDR blocks, v4 or v6; empty or absent allows every address.</param>
public sealed record CreateServiceAccountRequest([property: Required] string? Name, [property: Required] string? Role, IReadOnlyList<string>? IpAllowlist = null);

/// <summary>A service account that was just made: the only answer that ever carries the token.</summary>
/// <param name="Token"><c>iv_svc_…</c>, sent as bearer under <c>/api</c>.</param>
public sealed record CreatedServiceAccount(string Id, string Token, string Name, string Role, IReadOnlyList<string> IpAllowlist);

/// <summary>A service account as lists show it.</summary>
/// <param name="Status"><c>active</c> or <c>revoked</c>.</param>
public sealed record ServiceAccount(string Id, string Name, string Role, IReadOnlyList<string> IpAllowlist, string Status, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
