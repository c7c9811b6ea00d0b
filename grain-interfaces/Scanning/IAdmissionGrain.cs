namespace Interven.GrainInterfaces.Scanning;

/// <summary>Says whether a key may come in at all, before the front end reads a byte of the body. Key: <see cref="GrainKeys.Lane"/>; stateless worker.</summary>
[Alias("admission"), GrainInterfaceType("admission")]
public interface IAdmissionGrain : IGrainWithStringKey
{
    /// <summary>Checks the token and the address. A blocked address is counted on the key.</summary>
    [Alias("admit")]
    Task<Reply<Admission>> Admit(string token, string clientAddress);

    /// <summary>As <see cref="IScanGrain.Pulse"/>.</summary>
    [Alias("pulse"), ResponseTimeout("00:00:05")]
    Task<bool> Pulse();
}

/// <summary>What a front end may remember of a key for <paramref name="LeaseMilliseconds"/>.</summary>
/// <param name="KeyId">8 base62 characters.</param>
/// <param name="Tenant">The key's tenant.</param>
/// <param name="IpAllowlist">CIDR blocks; empty allows all.</param>
/// <param name="Scopes">What the key may be used for.</param>
/// <param name="ErrorsAsDeny">Errors but 401 are answered as 200 DENY on <c>/v1/scan</c>.</param>
/// <param name="KeyPerMinute">The key's rate.</param>
/// <param name="TenantPerMinute">The tenant's rate, or null for none.</param>
/// <param name="LeaseMilliseconds">How long the front end may go by it.</param>
/// <param name="CountedKeyId">The long-lived key whose rate the call uses up: itself, or an ephemeral key's parent.</param>
[GenerateSerializer, Immutable, Alias("admission-lease")]
public sealed record Admission(
    [property: Id(0)] string KeyId,
    [property: Id(1)] Guid Tenant,
    [property: Id(2)] IReadOnlyList<string> IpAllowlist,
    [property: Id(3)] IReadOnlyList<string> Scopes,
    [property: Id(4)] bool ErrorsAsDeny,
    [property: Id(5)] int KeyPerMinute,
    [property: Id(6)] int? TenantPerMinute,
    [property: Id(7)] int LeaseMilliseconds,
    [property: Id(8)] string CountedKeyId);
