using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Interven.Contracts.Vault;

/// <summary>What the vault can keep, by the words of the API.</summary>
public static class CredentialTypes
{
    public const string Bearer = "bearer";
    public const string HeaderSet = "header_set";
    public const string OauthClientCredentials = "oauth_client_credentials";
    public const string AwsSigV4 = "aws_sigv4";
    public const string Slack = "slack";
}

/// <summary>Asks the vault to keep a credential. Its values are sealed at once, and no answer ever carries them.</summary>
/// <param name="Name">1 to 100 characters, unique within the tenant.</param>
/// <param name="Type"><c>bearer</c>, <c>header_set</c>, <c>oauth_client_credentials</c>, <c>aws_sigv4</c> or <c>slack</c>.</param>
/// <param name="Values">
/// By type. bearer: <c>token</c>. header_set: <c>headers</c>, an object of 1 to 20 headers. oauth_client_credentials: <c>token_url</c>, <c>client_id</c>, <c>client_secret</c>, and optionally
/// <c>scope</c>, <c>audience</c>, <c>auth_style</c> (<c>basic</c>, the default, or <c>body</c>). aws_sigv4: <c>access_key_id</c>, <c>secret_access_key</c>, <c>region</c>, <c>service</c>, optionally
/// <c>session_token</c>. slack: <c>bot_token</c>, <c>signing_secret</c> or <c>webhook_url</c>, at least one.
/// </param>
public sealed record CreateCredentialRequest([property: Required] string? Name, [property: Required] string? Type, [property: Required] JsonElement? Values);

/// <summary>Changes what is no secret.</summary>
/// <param name="Name">1 to 100 characters.</param>
public sealed record PatchCredentialRequest([property: Required] string? Name);

/// <summary>Replaces a credential's values; what was there before is overwritten.</summary>
/// <param name="Values">As at creation, for the credential's type, all of them.</param>
public sealed record RotateCredentialRequest([property: Required] JsonElement? Values);

/// <summary>A credential as people see it: never its values.</summary>
/// <param name="Status"><c>active</c>, or <c>revoked</c>: its values are gone.</param>
/// <param name="Fields">Names of the values that are set; of a header set, the headers' names.</param>
/// <param name="RotatedAt">When its values were replaced last; null when never.</param>
public sealed record CredentialRow(
    Guid CredentialId, string Name, string Type, string Status, IReadOnlyList<string> Fields, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt);
