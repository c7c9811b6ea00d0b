namespace Interven.Grains.Ports;

/// <summary>What came back to an agent: a row of its own, joined to its scan at read.</summary>
/// <param name="Tenant">Owner.</param>
/// <param name="Trace">The scan.</param>
/// <param name="Time">UTC.</param>
/// <param name="Classes">Data classes in the response.</param>
/// <param name="Redacted">Fields redacted.</param>
/// <param name="Status">HTTP status of the tool; 0 unknown.</param>
/// <param name="Fingerprint">Keyed fingerprint of the content.</param>
/// <param name="Canonical">Canonical JSON.</param>
public sealed record ResponseRow(
    TenantId Tenant, TraceId Trace, DateTimeOffset Time, DataClasses Classes, int Redacted, int Status, byte[] Fingerprint, byte[] Canonical);

public interface IResponseLog
{
    /// <summary>False: the tenant has no such scan.</summary>
    ValueTask<bool> Append(ResponseRow row, CancellationToken cancel = default);

    /// <summary>What classes came back to each of the scans; those without a response are absent.</summary>
    ValueTask<IReadOnlyDictionary<TraceId, DataClasses>> ClassesOf(TenantId tenant, IReadOnlyList<TraceId> traces, CancellationToken cancel = default);

    ValueTask<IReadOnlyList<ResponseRow>> Of(TenantId tenant, IReadOnlyList<TraceId> traces, CancellationToken cancel = default);
}
