using System.Globalization;
using Interven.Contracts.Audit;
using Interven.Contracts.Errors;
using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

[GrainType("evidence"), StatelessWorker, Reentrant]
sealed class EvidenceGrain(IAuditLog audit, RecordCheck check, PeopleNames names) : Grain, IEvidenceGrain
{
    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<Page<AuditEntry>>> AuditLog(AuditQuery query, int limit, string? cursor)
    {
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return new Refusal(400, ReasonCodes.InvalidRequest, "`cursor` must be the next_cursor of the page before.", [new FieldError("cursor", "`cursor` must be the next_cursor of the page before.")]);
            before = id;
        }
        var rows = await audit.List(Tenant, query.ToFilter() with { Before = before, Limit = limit });
        var (book, entries) = (names.Book(Tenant), new List<AuditEntry>(rows.Count));
        foreach (var row in rows)
            entries.Add(await row.ToEntry(book));
        return new Page<AuditEntry>(entries, rows.Count == limit ? rows[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task<Reply<Verification>> Verify(DateTimeOffset? since, DateTimeOffset? until, string? cursor) => check.Run(Tenant, since, until, cursor);
}
