using Interven.Contracts.Errors;
using Interven.Contracts.Evidence;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

[GrainType("decisions"), StatelessWorker, Reentrant]
sealed class DecisionsGrain(IDecisionReads records, IResponseLog responses, IApprovalStore approvals, IVault vault, StatsCache stats, PeopleNames names) : Grain, IDecisionsGrain
{
    static readonly Refusal NoRecord = new(404, ReasonCodes.NotFound, "There is no such decision.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<Page<DecisionSummary>>> List(DecisionQuery query, int limit, string? cursor)
    {
        RecordPlace? before = null;
        if (cursor is not null && (before = PageCursor.Read(cursor)) is null)
            return new Refusal(400, ReasonCodes.InvalidRequest, "`cursor` must be the next_cursor of the page before.",
                [new FieldError("cursor", "`cursor` must be the next_cursor of the page before.")]);
        var page = await records.List(Tenant, query.ToFilter() with { Before = before, Limit = limit });
        return new Page<DecisionSummary>([.. page.Select(DecisionViews.ToSummary)], page.Count == limit ? PageCursor.Of(RecordPlace.Of(page[^1])) : null);
    }

    public async Task<Reply<DecisionDetail>> Find(Guid trace)
    {
        if (await records.Find(Tenant, new(trace)) is not { } stored)
            return NoRecord;
        var record = stored.Read();
        var body = stored.Row.SealedBody.Length == 0 ? [] : (await vault.For(Tenant)).Open(stored.Row.SealedBody, record.Trace.ToString(), SealedFields.Body);
        var parent = record.Parent is { } one ? await records.Find(Tenant, one) : null;
        var approval = record.Approval is { } id ? await approvals.Find(Tenant, id) : null;
        return new DecisionDetail(
            record.ToSummary(stored.Seq), [.. record.Findings.Select(DecisionViews.ToFinding)], [.. record.Signals.Select(DecisionViews.ToSignal)],
            [.. record.WouldHave.Select(DecisionViews.ToMatch)], record.Violations, DecisionViews.Parse(body), record.BodySha256, record.BodyBytes,
            DecisionViews.Parse(record.ContextFacts), [.. (await responses.Of(Tenant, [record.Trace])).Select(DecisionViews.ToSummary)],
            parent?.ToSummary(), [.. (await records.Linked(Tenant, record.Trace, record.Approval)).Where(other => other.Seq != parent?.Seq).Select(DecisionViews.ToSummary)],
            approval is null ? null : await approval.ToApproval().In(names.Book(Tenant)), Convert.ToHexStringLower(stored.Row.Hash), record.EngineVersion);
    }

    public async Task<Reply<DecisionStats>> Stats(TimeSpan? window, DateTimeOffset? since, DateTimeOffset? until) => await stats.Of(Tenant, window, since, until);

    public async Task<IReadOnlyList<DecisionSummary>> After(long seq) => [.. (await records.After(Tenant, seq, 500)).Select(DecisionViews.ToSummary)];
}

/// <summary>Names that sealed parts of a record are bound to.</summary>
static class SealedFields
{
    public const string Body = "body_redacted";
}
