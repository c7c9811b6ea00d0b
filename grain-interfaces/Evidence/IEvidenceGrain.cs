using Interven.Contracts.Audit;
using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Evidence;

/// <summary>What an auditor reads beside the records: the audit log, and whether the records are whole. Key: <see cref="GrainKeys.Tenant"/>; any silo answers.</summary>
[Alias("evidence"), GrainInterfaceType("evidence")]
public interface IEvidenceGrain : IGrainWithStringKey
{
    /// <summary>Newest first.</summary>
    [Alias("audit-log")]
    Task<Reply<Page<AuditEntry>>> AuditLog(AuditQuery query, int limit, string? cursor);

    /// <summary>Computes every hash of a stretch anew and looks for gaps in the numbers.</summary>
    [Alias("verify"), ResponseTimeout("00:10:00")]
    Task<Verification> Verify(DateTimeOffset? since, DateTimeOffset? until);
}
