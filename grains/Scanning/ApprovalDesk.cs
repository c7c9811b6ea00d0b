using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Approvals;
using Interven.Grains.Ports;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Scanning;

/// <summary>Ends a verdict: asks what the identical call has met lately, opens or joins an approval, uses a grant, and records the outcome in one transaction with that.</summary>
sealed class ApprovalDesk(Recorder recorder, EditedGrants editedGrants, AgentLessons lessons, RepeatedRequests repeats, IVault vault, IGrainFactory grains, IOptions<PublicAddress> address, TimeProvider clock)
{
    /// <summary>A call may meet nothing, then one pending, then a grant, and lose each race to an identical one. Each is lost to somebody who won it, so this is far more than it takes.</summary>
    const int MostTries = 32;

    public async Task<(Outcome Outcome, ScanReply? Reply)> Settle(ScanAttempt attempt, Verdict verdict)
    {
        if (verdict.Approval is not { } terms)
            return await Record(attempt, Resolution.Of(verdict));
        var call = grains.GetGrain<ICallGrain>(GrainKeys.Call(attempt.Key!.Tenant.Value, terms.Signature.Hex));
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (outcome, reply, answer) = await Try(attempt, verdict, terms, await call.Standing());
            if (reply is CommitReply.ApprovalTaken or CommitReply.ApprovalOver or CommitReply.GrantGone)
                continue;
            if (reply is CommitReply.Committed && outcome.Approval is not null && outcome.Decision is Decision.Allow or Decision.Sanitize)
                lessons.Redeemed(attempt.Key.Tenant, attempt.Key.CountedKeyId, attempt.Scan!).Ignore();
            return (outcome, await Replied(attempt, reply, answer));
        }
        return (Resolution.Of(verdict, new ApprovalReply.Unavailable(Resolution.DefaultRetryMs)), null);
    }

    async Task<(Outcome Outcome, CommitReply Reply, byte[] Answer)> Try(ScanAttempt attempt, Verdict verdict, ApprovalTerms terms, CallStanding standing)
    {
        // A grant under milder terms than today's rules ask for is none.
        if (standing.Kind == CallStandingKind.Granted && !terms.AreMetBy(standing.Required, standing.ApproverGroup))
            standing = CallStanding.None;
        if (standing is { Kind: CallStandingKind.Granted, IsEdited: true })
            return await editedGrants.Use(attempt, verdict, new(standing.Approval!.Value)) ?? (Resolution.Of(verdict), new CommitReply.GrantGone(), []);
        var (outcome, opening, grant) = await Meet(attempt, verdict, terms, standing);
        var joined = standing is { Kind: CallStandingKind.Pending, IsJoined: false } ? outcome.Approval : null;
        var (reply, answer) = await recorder.Record(attempt, outcome, opening, grant, join: joined);
        return (outcome, reply, answer);
    }

    async Task<(Outcome Outcome, ScanReply? Reply)> Record(ScanAttempt attempt, Outcome outcome)
    {
        if (!outcome.IsDurable)
            return (outcome, null);
        var (reply, answer) = await recorder.Record(attempt, outcome);
        return (outcome, await Replied(attempt, reply, answer));
    }

    async Task<(Outcome, ApprovalOpening?, ApprovalId?)> Meet(ScanAttempt attempt, Verdict verdict, ApprovalTerms terms, CallStanding standing)
    {
        var known = standing.Approval is { } id ? new ApprovalId(id) : default;
        switch (standing.Kind)
        {
            case CallStandingKind.Pending:
                return (Resolution.Of(verdict, new ApprovalReply.Pending(known, UrlOf(known), standing.ExpiresAt!.Value)), null, null);
            case CallStandingKind.Granted:
                return (Resolution.Of(verdict, new ApprovalReply.RecentGrant(known)), null, known);
            case CallStandingKind.Denied:
                return (Resolution.Of(verdict, new ApprovalReply.RecentDenial(known)), null, null);
            default:
                var opening = await Opening(attempt, verdict, terms);
                var pending = new ApprovalReply.Pending(opening.Approval, UrlOf(opening.Approval), attempt.Time + opening.Life);
                return (Resolution.Of(verdict, pending), opening, null);
        }
    }

    async ValueTask<ApprovalOpening> Opening(ScanAttempt attempt, Verdict verdict, ApprovalTerms terms)
    {
        var approval = new ApprovalId(Guid.CreateVersion7(clock.GetUtcNow()));
        var scan = attempt.Scan!;
        var sealer = await vault.For(scan.Tenant.Tenant);
        return new()
        {
            Tenant = scan.Tenant.Tenant,
            Approval = approval,
            Signature = Convert.FromHexString(terms.Signature.Hex),
            Trace = attempt.Trace,
            Env = scan.Env,
            KeyId = scan.Caller.KeyId,
            AgentId = scan.AgentId,
            Tool = scan.Call.Tool,
            Operation = scan.Call.Operation,
            Band = verdict.Band,
            // Said by the record, which has nothing that was found in it.
            Sentence = "",
            Life = TimeSpan.FromSeconds(terms.TtlSeconds),
            Required = terms.Required,
            ApproverGroup = terms.ApproverGroup,
            EscalateTo = terms.EscalateTo,
            GrantUses = terms.GrantUses,
            GrantWindow = TimeSpan.FromSeconds(terms.GrantWindowSeconds),
            DenyWindow = TimeSpan.FromSeconds(terms.DenyWindowSeconds),
            Policy = verdict.Rule?.PolicyId,
            PolicyVersion = verdict.Rule?.PolicyVersion,
            RuleId = verdict.Rule?.RuleId,
            SealedCall = SealedCall.Seal(sealer, approval, attempt.Form, scan.Caller, attempt.Call.Body),
        };
    }

    string UrlOf(ApprovalId approval) => $"{address.Value.Url}/approvals/{approval}";

    /// <summary>Null where the record is not durable: the caller refuses.</summary>
    async ValueTask<ScanReply?> Replied(ScanAttempt attempt, CommitReply reply, byte[] answer) => reply switch
    {
        CommitReply.Committed => new(200, attempt.Trace.Value, answer),
        CommitReply.IdempotencyTaken taken => await repeats.Recovered(attempt, taken.Answer),
        CommitReply.KeyGone gone => attempt.Refused(new(401, ReasonCodes.InvalidKey, $"The ephemeral key is {gone.Status?.ToString().ToLowerInvariant() ?? "unknown"}.")),
        _ => null,
    };
}

/// <summary>Where people reach the console: the base of links in answers and cards.</summary>
public sealed class PublicAddress
{
    public string Url { get; set; } = "http://127.0.0.1:8080";
}
