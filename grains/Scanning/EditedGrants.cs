using Interven.Engine.Deciding;
using Interven.Grains.Approvals;
using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>A grant whose body a reviewer has changed: the call that asked is answered with that body, scanned by the rules of the moment and recorded as what it is.</summary>
sealed class EditedGrants(IApprovalStore approvals, Edits edits, Recorder recorder, TimeProvider clock)
{
    /// <summary>Null where nothing is left of the grant.</summary>
    public async Task<(Outcome Outcome, CommitReply Reply, byte[] Answer)?> Use(ScanAttempt attempt, Verdict asked, ApprovalId approval)
    {
        var (key, tenant, proposed) = (attempt.Key!, attempt.Tenant!, attempt.Scan!);
        if (await approvals.Find(tenant.Tenant, approval) is not { } row || await edits.Open(row) is not { } edit)
            return null;
        using var request = ScanRequests.Read(edit.Body, attempt.Form, tenant, key, attempt.Call.ClientAddress);
        if (request.Scan is not { } scan)
            return null;
        scan.Classify();
        var today = Pipeline.Decide(scan, asked.Agent, clock.GetUtcNow());
        var outcome = today.Approval is { } terms && !row.Meets(terms)
            ? Resolution.Resumed(today, new ApprovalReply.PolicyChanged(approval))
            : Resolution.Resumed(today, new ApprovalReply.Edited(approval, Edits.Effective(today, scan), IsRecent: true));
        attempt.Begin(key, tenant, scan);
        try
        {
            var (reply, answer) = await recorder.Record(attempt, outcome, useGrant: outcome.Decision == Decision.Sanitize ? approval : null);
            return (outcome, reply, answer);
        }
        finally
        {
            attempt.Begin(key, tenant, proposed);
        }
    }
}
