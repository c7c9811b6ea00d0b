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

    /// <summary>Computes the hashes of a stretch anew and looks for gaps in the numbers, for at most 100,000 records.</summary>
    /// <param name="since">First moment; null from the beginning.</param>
    /// <param name="until">First moment that does not count; null to the end.</param>
    /// <param name="cursor">The <c>next_cursor</c> of the answer before, whose range counts then; null for the first.</param>
    [Alias("verify-part"), ResponseTimeout("00:02:00")]
    Task<Reply<Verification>> Verify(DateTimeOffset? since, DateTimeOffset? until, string? cursor);
}
