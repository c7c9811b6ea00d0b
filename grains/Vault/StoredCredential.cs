using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Vault;
using Interven.Grains.Ports;

namespace Interven.Grains.Vault;

/// <summary>What a credential's document says in the clear.</summary>
sealed record StoredCredential(string Type, IReadOnlyList<string> Fields, DateTimeOffset? RotatedAt = null, DateTimeOffset? RevokedAt = null)
{
    public const string Kind = "credential";
    const string Field = "values";

    public static StoredCredential Of(TenantDocument document) =>
        JsonSerializer.Deserialize(document.Document.Json, VaultJson.Default.StoredCredential) ?? throw new InvalidOperationException("A stored credential cannot be read.");

    public string ToJson() => JsonSerializer.Serialize(this, VaultJson.Default.StoredCredential);

    public static CredentialRow Row(TenantDocument document)
    {
        var stored = Of(document);
        return new(Guid.ParseExact(document.Document.Id, "N"), document.Document.Name, stored.Type, stored.RevokedAt is null ? "active" : "revoked", stored.Fields,
            document.CreatedAt, stored.RotatedAt, stored.RevokedAt);
    }

    /// <summary>The one name that a credential's ciphertext is bound to.</summary>
    public static byte[] Seal(ITenantVault vault, string id, CredentialValues values) => vault.Seal(values.ToBytes(), RecordOf(id), Field);

    public static CredentialValues Open(ITenantVault vault, TenantDocument document) =>
        CredentialValues.Of(vault.Open(document.Document.Sealed ?? [], RecordOf(document.Document.Id), Field));

    static string RecordOf(string id) => "credential/" + id;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredCredential))]
[JsonSerializable(typeof(Dictionary<string, string>))]
sealed partial class VaultJson : JsonSerializerContext;
