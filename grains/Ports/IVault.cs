namespace Interven.Grains.Ports;

/// <summary>
/// AES-256-GCM under a data key per tenant, itself wrapped by the operator's key. A ciphertext opens only where it was sealed: tenant, record and
/// field are its associated data.
/// </summary>
public interface IVault
{
    /// <summary>The tenant's sealer, with the data key unwrapped and cached; makes the first data key of a new tenant.</summary>
    ValueTask<ITenantVault> For(TenantId tenant, CancellationToken cancel = default);

    /// <summary>Wraps every data key anew with the current operator's key; returns how many.</summary>
    ValueTask<int> Rewrap(CancellationToken cancel = default);

    /// <summary>Gives the tenant a new data key for what is sealed from now on; the old ones still open what they sealed.</summary>
    ValueTask RotateDataKey(TenantId tenant, AuditRow audit, CancellationToken cancel = default);
}

/// <summary>Seals and opens for one tenant. Safe for concurrent use.</summary>
public interface ITenantVault
{
    /// <param name="plain">What to seal.</param>
    /// <param name="record">Id of the record that it belongs to.</param>
    /// <param name="field">Name of the field within the record.</param>
    byte[] Seal(ReadOnlySpan<byte> plain, string record, string field);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Altered, or sealed for another tenant, record or field.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedBytes, string record, string field);

    /// <summary>HMAC-SHA-256 under a key of the tenant's own: fingerprints that mean nothing elsewhere.</summary>
    void Fingerprint(ReadOnlySpan<byte> value, Span<byte> destination32);
}
