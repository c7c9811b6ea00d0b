using Interven.Contracts.Errors;
using Interven.Engine.Approvals;
using Interven.Engine.Deciding;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;

namespace Interven.Grains.Approvals;

/// <summary>What a reviewer made of a paused call's body: scanned like any call before it may be approved, kept sealed, and given out in place of what was proposed.</summary>
sealed class Edits(IVault vault, CallReview review)
{
    const string Field = "edit";

    /// <summary>The call with the other body, or why it may not be approved.</summary>
    public async ValueTask<Reply<Edit>> Of(ApprovalRow row, SealedCall call, byte[] body)
    {
        if (WithBody(call, body) is not { } request)
            return Refused("A hand-over's body has `to_agent_id`, `intent` and `payload`, and goes to the agent that it was for.");
        using var edited = await review.Of(row.Opening, call with { Body = request });
        using var proposed = await review.Of(row.Opening, call);
        if (edited is null || proposed is null)
            return Refused("The call can no longer be decided.");
        if (edited.Verdict.Decision == Decision.Deny)
            return Refused("The rules deny the edited call.", [.. edited.Verdict.Reasons.Select(reason => new FieldError("$.body", reason))]);
        if (edited.Scan.Call.Tool != proposed.Scan.Call.Tool || edited.Scan.Call.Operation != proposed.Scan.Call.Operation)
            return Refused("With this body it would be another operation; let the agent ask for that.");
        if (edited.Verdict.Approval is { } terms && !terms.AreMetBy(row.Opening.Required, row.Opening.ApproverGroup))
            return Refused("The rules ask for more people, or others, to approve the edited call; let the agent ask for it.");
        return await Sealed(row.Opening, call, request, edited);
    }

    /// <summary>The call as it was edited; null where it was not, or where nothing can be executed any more.</summary>
    public async ValueTask<SealedCall?> Open(ApprovalRow row)
    {
        if (row.SealedEdit is not { } sealedEdit)
            return null;
        var sealer = await vault.For(row.Opening.Tenant);
        return SealedCall.Open(sealer, row.Opening) is { } call ? call with { Body = sealer.Open(sealedEdit, row.Opening.Approval.ToString(), Field) } : null;
    }

    /// <summary>Hash of the edit that stands; null where there is none.</summary>
    public async ValueTask<string?> HashOf(ApprovalRow row) => row.SealedEditView is { } view
        ? EditView.Read((await vault.For(row.Opening.Tenant)).Open(view, row.Opening.Approval.ToString(), ReviewDesk.EditViewField))?.Hash
        : null;

    /// <summary>What goes out in place of the proposed body, by the rules of the moment.</summary>
    public static byte[] Effective(Verdict verdict, PreparedScan edited) => verdict.SanitisedBody ?? edited.Scan.RawBody.ToArray();

    /// <summary>Null where the body is none for such a call.</summary>
    static byte[]? WithBody(SealedCall call, byte[] body) =>
        call.Form == RequestForm.Handover ? EditedHandover.WithBody(call.Body, body) : EditedCall.WithBody(call.Body, body);

    async ValueTask<Edit> Sealed(ApprovalOpening opening, SealedCall call, byte[] request, ReviewedCall edited)
    {
        var sealer = await vault.For(opening.Tenant);
        var effective = Effective(edited.Verdict, edited.Scan);
        var approved = RecordOf.RedactedBody(edited.Scan).ToArray();
        var view = new EditView(approved, await Redacted(opening, call, effective, edited, approved), edited.Tenant.Key.OfBody(effective)[..16]);
        return new(
            sealer.Seal(request, opening.Approval.ToString(), Field),
            sealer.Seal(view.Write(), opening.Approval.ToString(), ReviewDesk.EditViewField),
            view.Hash);
    }

    async ValueTask<byte[]> Redacted(ApprovalOpening opening, SealedCall call, byte[] effective, ReviewedCall edited, byte[] approved)
    {
        if (edited.Verdict.SanitisedBody is null)
            return approved;
        using var sanitised = await review.Of(opening, call with { Body = WithBody(call, effective)! });
        return sanitised is null ? [] : RecordOf.RedactedBody(sanitised.Scan).ToArray();
    }

    static Refusal Refused(string detail, IReadOnlyList<FieldError>? errors = null) => new(422, ReasonCodes.EditRefused, detail, errors ?? [new("$.body", detail)]);
}

/// <param name="Sealed">The request with the other body.</param>
/// <param name="SealedView">What stays as evidence.</param>
/// <param name="Hash">By which another reviewer says that they have seen it.</param>
sealed record Edit(byte[] Sealed, byte[] SealedView, string Hash);
