using Interven.Engine.Approvals;
using Interven.Engine.Deciding;
using Interven.Grains.Agents;
using Interven.Engine.Incidents;
using Interven.Grains.Outbound;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>Makes the evidence of an outcome durable, with all that must be durable with it, and gives the answer's bytes.</summary>
sealed class Recorder(IDecisionLog decisions, IVault vault, IRefusalSpool spool, AgentSightings sightings, OutboxBell bell, TimeProvider clock)
{
    static readonly TimeSpan IdempotencyLife = TimeSpan.FromHours(24);

    /// <summary>One try. The reply says what became of it; with <see cref="CommitReply.Committed"/> the answer may be given.</summary>
    public async Task<(CommitReply Reply, byte[] Answer)> Record(ScanAttempt attempt, Outcome outcome, ApprovalOpening? opening = null, ApprovalId? useGrant = null, AuditRow? audit = null, ApprovalId? join = null)
    {
        var scan = attempt.Scan!;
        var answer = ScanAnswer.ToBytes(outcome, attempt.Trace);
        var stored = RecordOf.Outcome(scan, outcome, attempt.Stamp());
        var sealer = await vault.For(scan.Tenant.Tenant);
        var append = new RecordAppend
        {
            Row = Row(stored, stored.RedactedBody.Length > 0 ? sealer.Seal(stored.RedactedBody.Span, attempt.Trace.ToString(), "body_redacted") : []),
            Claim = attempt.Call.IdempotencyKey is { } name && !attempt.WillWait(outcome)
                ? new(name, RequestHash.Of(attempt, sealer), sealer.Seal(answer, attempt.Trace.ToString(), "answer"), clock.GetUtcNow() + IdempotencyLife)
                : null,
            Opening = opening is null ? null : Told(opening, scan, stored, sealer),
            Join = join,
            UseGrant = useGrant,
            UseKey = UsedKey(attempt),
            Outbox = AlertsOf(attempt, outcome, opening),
            // A release is no call of its own, and a refusal for want of time is held against nobody.
            Flag = attempt.Kind == "scan" && IncidentFlag.Of(outcome) is { } flag ? new(flag.IsDenial, flag.WriteCauses(), flag.TrustBefore, flag.TrustAfter) : null,
            Audit = audit is null ? [] : [audit],
            Amendment = () => AmendmentOf(stored, attempt, opening?.Approval, useGrant),
        };
        var reply = await decisions.Append(append, attempt.Abandoned);
        if (reply is CommitReply.Committed)
        {
            sightings.Saw(stored.Record);
            if (append.Outbox.Count > 0)
                bell.Ring();
        }
        return (reply, answer);
    }

    /// <summary>Says that this answer was refused after its record had landed (ruling 22): the approval it opened is withdrawn, its Idempotency-Key and what it used are given back. Not where a repeat of the call has had the answer.</summary>
    public async Task Amend(ScanAttempt attempt, Outcome outcome)
    {
        var opened = outcome.Pending is null ? null : outcome.Approval;
        var used = outcome.Decision is Decision.Allow or Decision.Sanitize ? outcome.Approval : null;
        var amendment = AmendmentOf(RecordOf.Outcome(attempt.Scan!, outcome, attempt.Stamp()), attempt, opened, used);
        if (await decisions.Append(amendment) is not (CommitReply.Committed or CommitReply.AnswerStands))
            spool.TryAdd(amendment);
    }

    /// <summary>The row of a refusal that could not be recorded when it was answered; null where nothing may be written of a call that was not looked at.</summary>
    public static DecisionRow? RefusalRow(ScanAttempt attempt, Outcome outcome)
    {
        try
        {
            return attempt is { Scan: { } scan, IsClassified: true }
                ? Row(RecordOf.Outcome(scan, outcome, attempt.Stamp("refused", new(Guid.CreateVersion7(attempt.Time)), attempt.Trace)), [])
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The scan's buffers may be gone already; the refusal stands without evidence of its call.
            return null;
        }
    }

    /// <summary>What people are told of the call. Names that callers make up may hold what was found; the record has them without.</summary>
    static ApprovalOpening Told(ApprovalOpening opening, PreparedScan scan, StoredRecord stored, ITenantVault sealer)
    {
        var url = RecordOf.UrlForReview(scan);
        return opening with
        {
            AgentId = stored.Record.AgentId,
            Operation = stored.Record.Operation,
            Sentence = CallSentence.Of(stored.Record, url.Shown, stored.RedactedBody),
            SealedView = sealer.Seal(ReviewView.Write(stored, url), opening.Approval.ToString(), ReviewView.Field),
        };
    }

    /// <summary>What is told with the record: the card of the approval that it opens, or an alert where some channel of the tenant wants it.</summary>
    static IReadOnlyList<OutboxRow> AlertsOf(ScanAttempt attempt, Outcome outcome, ApprovalOpening? opening)
    {
        var (tenant, wanted) = (attempt.Scan!.Tenant.Tenant, attempt.Scan.Tenant.Alerts);
        if (opening is not null)
            return wanted.Approvals ? [new(tenant, OutboxKinds.ApprovalCard, "", opening.Approval.ToString(), "{}")] : [];
        return attempt.Kind == "scan" && wanted.Wants(outcome) ? [new(tenant, OutboxKinds.DecisionAlert, "", attempt.Trace.ToString(), "{}")] : [];
    }

    RecordAppend AmendmentOf(StoredRecord stored, ScanAttempt attempt, ApprovalId? opened, ApprovalId? used)
    {
        var now = clock.GetUtcNow();
        var record = stored.Record with
        {
            Trace = new(Guid.CreateVersion7(now)),
            Parent = stored.Record.Trace,
            Kind = "answer_amended",
            Time = now,
            Decision = Decision.Deny,
            Reasons = [ReasonCodes.AuditUnavailable],
        };
        var canonical = Engine.Evidence.RecordBytes.Write(record);
        return new()
        {
            Row = Row(new(record, canonical, Engine.Evidence.RecordBytes.Hash(canonical), default), []),
            Withdraw = opened,
            GiveBack = attempt.Call.IdempotencyKey is { } key ? new(key, stored.Record.Trace) : null,
            ReturnGrant = used,
            ReturnKey = UsedKey(attempt),
        };
    }

    static EphemeralKeyId? UsedKey(ScanAttempt attempt) => attempt is { Kind: "scan", Key: { IsEphemeral: true } key } ? new(key.KeyId) : null;

    static DecisionRow Row(StoredRecord stored, byte[] sealedBody)
    {
        var record = stored.Record;
        return new()
        {
            Tenant = record.Tenant,
            Trace = record.Trace,
            Parent = record.Parent,
            Kind = record.Kind,
            Time = record.Time,
            Env = record.Environment,
            KeyId = record.KeyId,
            AgentId = record.AgentId,
            AgentName = record.AgentName,
            Runtime = record.RuntimeType,
            Tool = record.Tool,
            Operation = record.Operation,
            Verb = record.Verb,
            Decision = record.Decision,
            Band = record.Band,
            Score = record.RiskScore,
            Classes = record.Classes,
            Policy = record.Rule?.PolicyId,
            PolicyVersion = record.Rule?.PolicyVersion,
            RuleId = record.Rule?.RuleId,
            Approval = record.Approval,
            Reasons = string.Join(',', record.Reasons),
            Canonical = stored.Canonical,
            Hash = stored.Hash,
            SealedBody = sealedBody,
        };
    }
}
