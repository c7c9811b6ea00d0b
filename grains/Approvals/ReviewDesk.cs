using System.Text.Json;
using Interven.Contracts.Approvals;
using Interven.Contracts.Scanning;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;
using Interven.Engine.Risk;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>Lays before a reviewer what a paused call would do, why it was stopped, and what is known of its agent.</summary>
sealed class ReviewDesk(IApprovalStore approvals, IDecisionReads records, IVault vault, Duties duties, SiloLease lease)
{
    public const string EditViewField = "edit_view";
    const int MostEarlier = 10, MostCounted = 10_000;
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly JsonElement Flag = JsonElement.Parse("true");

    public async ValueTask<ApprovalReview> Of(ApprovalRow row, Actor viewer)
    {
        var (opening, now) = (row.Opening, lease.Now);
        var sealer = await vault.For(opening.Tenant);
        var view = opening.SealedView.Length > 0 ? ReviewView.Read(sealer.Open(opening.SealedView, opening.Approval.ToString(), ReviewView.Field)) : null;
        var standing = await duties.Of(opening, null, null, viewer);
        var whyNot = WhyNot(row, viewer, standing, now);
        var record = view?.Record;
        return new(
            record?.Method ?? "", record?.Url ?? "", Json(view?.Body), record?.BodyBytes ?? 0, record?.AgentName ?? "", record?.RuntimeType ?? "", record?.KeyPrefix ?? "",
            record?.RiskScore ?? 0, record?.Reasons ?? [], [.. (record?.Classes ?? DataClasses.None).EachWord()], Findings(record), Signals(record),
            record?.Rule?.PolicyName, await LastDay(opening, now), await Earlier(opening),
            whyNot is null, whyNot, standing.IsOwn, standing is { IsOwn: true, AreSeparate: false }, EditOf(row, sealer));
    }

    /// <summary>The same rules as at the click, but for today's policies: those are asked then.</summary>
    static string? WhyNot(ApprovalRow row, Actor viewer, Standing standing, DateTimeOffset now) => ApprovalRules.Apply(
        row.ToCase(), new ApprovalCommand.Approve(Duties.PersonOf(viewer), null, standing.IsOwn, standing.AreSeparate, false, standing.IsEligible), now) switch
    {
        ApprovalRuling.Refused refused => refused.Reason,
        ApprovalRuling.Unchanged => ReasonCodes.AlreadyDecided,
        _ => null,
    };

    async ValueTask<AgentDay> LastDay(ApprovalOpening opening, DateTimeOffset now)
    {
        var counts = await records.CountOfAgent(opening.Tenant, opening.AgentId, now - Day, MostCounted);
        long Of(Decision decision) => counts.TryGetValue(decision, out var count) ? count : 0;
        return new(Of(Decision.Allow), Of(Decision.Sanitize), Of(Decision.RequireApproval), Of(Decision.Deny));
    }

    async ValueTask<IReadOnlyList<EarlierDecision>> Earlier(ApprovalOpening opening)
    {
        var rows = await approvals.List(opening.Tenant, new() { AgentId = opening.AgentId, Operation = opening.Operation, Ended = true, Limit = MostEarlier + 1 });
        return [.. rows.Where(row => row.Opening.Approval != opening.Approval).Take(MostEarlier).Select(row => row.ToEarlier())];
    }

    static ApprovalEdit? EditOf(ApprovalRow row, ITenantVault sealer)
    {
        if (row.SealedEditView is not { } sealedView || EditView.Read(sealer.Open(sealedView, row.Opening.Approval.ToString(), EditViewField)) is not { } edit)
            return null;
        var vote = ApprovalCase.ReadVotes(row.VotesJson).Last(vote => vote.Edited);
        return new(Json(edit.Approved), Json(edit.Effective), edit.Hash, vote.By, vote.At);
    }

    static JsonElement? Json(byte[]? body) => body is { Length: > 0 } ? JsonElement.Parse(body) : null;

    static IReadOnlyList<ScanFinding> Findings(DecisionRecord? record) => record is null ? [] :
    [
        .. record.Findings.GroupBy(found => (found.DataClass, found.Kind, found.Path, found.Confidence))
            .Select(place => new ScanFinding(place.Key.DataClass, place.Key.Kind, place.Key.Path, place.Sum(found => found.Count), place.Key.Confidence)),
    ];

    static IReadOnlyList<ScanSignal> Signals(DecisionRecord? record) =>
        record is null ? [] : [.. record.Signals.Select(signal => new ScanSignal(signal.Engine, signal.Score, Details(signal)))];

    static Dictionary<string, JsonElement> Details(Signal signal) => signal.Details
        .DistinctBy(detail => detail.Name).ToDictionary(detail => detail.Name, detail => detail switch
        {
            { Word: { } word } => JsonSerializer.SerializeToElement(word, ContractJson.Default.String),
            { Figure: { } figure } => JsonSerializer.SerializeToElement(figure, ContractJson.Default.Double),
            _ => Flag,
        });
}
