using System.Text.Json.Serialization;

namespace Interven.Contracts;

/// <summary>What the caller may do with its call. Ordered by strictness: a greater value is stricter.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Decision>))]
public enum Decision : byte
{
    [JsonStringEnumMemberName("ALLOW")] Allow,
    [JsonStringEnumMemberName("SANITIZE")] Sanitize,
    [JsonStringEnumMemberName("REQUIRE_APPROVAL")] RequireApproval,
    [JsonStringEnumMemberName("DENY")] Deny,
}

/// <summary>Risk score in bands: LOW &lt; .25 ≤ MEDIUM &lt; .5 ≤ HIGH &lt; .75 ≤ CRITICAL (tenant settings may move the borders).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RiskBand>))]
public enum RiskBand : byte
{
    [JsonStringEnumMemberName("LOW")] Low,
    [JsonStringEnumMemberName("MEDIUM")] Medium,
    [JsonStringEnumMemberName("HIGH")] High,
    [JsonStringEnumMemberName("CRITICAL")] Critical,
}

/// <summary>What an operation does to its destination.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verb>))]
public enum Verb : byte
{
    [JsonStringEnumMemberName("READ")] Read,
    [JsonStringEnumMemberName("WRITE")] Write,
    [JsonStringEnumMemberName("ADMIN")] Admin,
}

/// <summary>How sure a finding is. Only MEDIUM and HIGH set a data class by default.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Confidence>))]
public enum Confidence : byte
{
    [JsonStringEnumMemberName("LOW")] Low,
    [JsonStringEnumMemberName("MEDIUM")] Medium,
    [JsonStringEnumMemberName("HIGH")] High,
}

/// <summary>Data classes as a set. Card data is reported as <see cref="Pci"/>; a rule on <see cref="Pii"/> takes it too.</summary>
[Flags]
public enum DataClasses : byte
{
    None = 0,
    Secrets = 1,
    Pii = 2,
    Pci = 4,
    Phi = 8,
    Internal = 16,
}
