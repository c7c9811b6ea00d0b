using System.Text.Json;

namespace Interven.Grains.Vault;

/// <summary>A credential's secrets by name, for as long as one request needs them. Never logged: its text says nothing.</summary>
sealed class CredentialValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Header names of a header set are kept with this in front.</summary>
    public const string HeaderPrefix = "header:";

    public string this[string name] => values[name];

    public string? Find(string name) => values.GetValueOrDefault(name);

    public IEnumerable<(string Name, string Value)> Headers => values.Where(one => one.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal)).Select(one => (one.Key[HeaderPrefix.Length..], one.Value));

    public IReadOnlyList<string> Names => [.. values.Keys.Select(name => name.StartsWith(HeaderPrefix, StringComparison.Ordinal) ? name[HeaderPrefix.Length..] : name).Order(StringComparer.Ordinal)];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(values), VaultJson.Default.DictionaryStringString);

    public static CredentialValues Of(byte[] bytes) => new(JsonSerializer.Deserialize(bytes, VaultJson.Default.DictionaryStringString) ?? throw new InvalidOperationException("Sealed values cannot be read."));

    public override string ToString() => "credential values";
}
