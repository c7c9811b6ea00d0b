using Interven.Contracts.Audit;

namespace Interven.Contracts;

/// <summary>Every word that the audit log may hold. The docs list them from here; a test finds a word that is written elsewhere and missing here.</summary>
public static class AuditActions
{
    public const string EvidenceExported = "evidence.exported";
    public const string RetentionBegun = "retention.begun";
    public const string RetentionPruned = "retention.pruned";
    public const string HoldCreated = "hold.created";
    public const string HoldReleased = "hold.released";
    public const string ErasureRequested = "erasure.requested";
    public const string ErasureBegun = "erasure.begun";
    public const string ErasureDone = "erasure.done";
    public const string SinkCreated = "sink.created";
    public const string SinkChanged = "sink.changed";
    public const string SinkResumed = "sink.resumed";
    public const string SinkPaused = "sink.paused";
    public const string SinkDeleted = "sink.deleted";

    public static IReadOnlyList<AuditAction> All { get; } =
    [
        new("access.refused", "Somebody tried what their role does not let them do."),
        new("agent.suspended", "An agent was suspended: all its calls are denied."),
        new("agent.reactivated", "A suspension was ended."),
        new("agent.owner_changed", "An agent got another owner."),
        new("agent.trust_reset", "An agent's trust was set back to the beginning."),
        new("agent.deleted", "An agent's row was removed; its records stay."),
        new("alert_channel.created", "An alert channel was made."),
        new("alert_channel.changed", "An alert channel was changed."),
        new("alert_channel.deleted", "An alert channel was removed."),
        new("alert_channel.tested", "A sample card was sent."),
        new("approval.voted", "Somebody approved or denied a paused call, with their note."),
        new("approval.approved", "A paused call was approved, with the last vote."),
        new("approval.denied", "A paused call was denied."),
        new("approval.expired", "Nobody decided a paused call in time."),
        new("approval.redeemed", "The execution that an approval grants was taken."),
        new("approval.click_refused", "A click in Slack did not count."),
        new("approver_group.created", "A group of approvers was made."),
        new("approver_group.changed", "A group of approvers was changed."),
        new("approver_group.deleted", "A group of approvers was removed."),
        new("credential.created", "A credential was put into the vault."),
        new("credential.renamed", "A credential got another name."),
        new("credential.rotated", "A credential got a new value."),
        new("credential.revoked", "A credential was put out of use."),
        new("credential.deleted", "A credential was removed from the vault."),
        new("detector.created", "A detector of the tenant's own was made."),
        new("detector.changed", "A detector of the tenant's own was changed."),
        new("detector.deleted", "A detector of the tenant's own was removed."),
        new("ephemeral_key.minted", "A key that lives for minutes was minted."),
        new("ephemeral_key.revoked", "A key that lives for minutes was revoked."),
        new("environment.created", "An environment was made."),
        new("environment.deleted", "An environment was removed."),
        new(ErasureRequested, "An erasure was counted and waits to be confirmed."),
        new(ErasureBegun, "A confirmed erasure has erased its first records."),
        new(ErasureDone, "Records of an agent or a person were erased; how many is in the row."),
        new(EvidenceExported, "Records, approvals, policies or the audit log were exported; range and format are in the row."),
        new("grant.revoked", "What an approval still allowed was taken back."),
        new(HoldCreated, "A legal hold was set."),
        new(HoldReleased, "A legal hold was released."),
        new("inbound_route.created", "An inbound route was made."),
        new("inbound_route.changed", "An inbound route was changed."),
        new("inbound_route.deleted", "An inbound route was removed."),
        new("inbound_route.token_rotated", "An inbound route got a new token."),
        new("incident.opened", "An incident was opened by hand."),
        new("incident.open", "An incident was opened again."),
        new("incident.investigating", "Somebody is looking into an incident."),
        new("incident.closed", "An incident was closed, with its resolution."),
        new("incident.noted", "A note was added to an incident."),
        new("incident.notified", "An incident was sent to the alert channels."),
        new("incident.agent_suspended", "An incident's agent was suspended."),
        new("incident.key_revoked", "An incident's key was revoked."),
        new("key.minted", "An API key was minted."),
        new("key.changed", "An API key's name, allowlist or other settings were changed."),
        new("key.rotated", "An API key got a successor."),
        new("key.revoked", "An API key was revoked."),
        new("policy.seeded", "A policy came with the new tenant."),
        new("policy.applied", "A policy was made, or applied by its name."),
        new("policy.changed", "A policy was changed."),
        new("policy.restored", "A policy went back to an old version's content."),
        new("policy.deleted", "A policy was removed; its versions stay."),
        new(RetentionBegun, "A retention run has deleted its first records; up to when is in the row."),
        new(RetentionPruned, "A retention run ended; what it deleted is in the row."),
        new("service_account.created", "A service account was made."),
        new("service_account.revoked", "A service account was revoked."),
        new("session.opened", "Somebody signed in."),
        new("session.refused", "A sign-in failed."),
        new("session.ended", "Somebody signed out, or a session was ended."),
        new(SinkCreated, "A SIEM sink was made."),
        new(SinkChanged, "A SIEM sink was changed."),
        new(SinkPaused, "A SIEM sink was paused, because its receiver refuses what comes."),
        new(SinkResumed, "A paused SIEM sink was set going again."),
        new(SinkDeleted, "A SIEM sink was removed."),
        new("settings.changed", "The tenant's settings were changed."),
        new("sso.changed", "Single sign-on was set up or changed."),
        new("sso.removed", "Single sign-on was removed."),
        new("tenant.created", "The tenant was made."),
        new("tenant.erased", "The tenant was erased, with everything that it had."),
        new("threat_list.created", "A threat list of the tenant's own was made."),
        new("threat_list.changed", "A threat list of the tenant's own was changed."),
        new("threat_list.deleted", "A threat list of the tenant's own was removed."),
        new("tool.created", "A tool of the tenant's own was made."),
        new("tool.changed", "A tool of the tenant's own was changed."),
        new("tool.deleted", "A tool of the tenant's own was removed."),
        new("user.invited", "Somebody was invited, with a temporary password."),
        new("user.bound", "A person was bound to an identity of an identity provider."),
        new("user.reset", "A person got a new temporary password."),
        new("user.removed", "A person was removed."),
        new("user.role_changed", "A person got another role."),
        new("user.password_changed", "A person changed the own password."),
        new("user.second_factor_enrolled", "A person began to set up a second factor."),
        new("user.second_factor_enabled", "A person's second factor is asked for from now on."),
        new("user.second_factor_disabled", "A person's second factor was switched off."),
    ];
}
