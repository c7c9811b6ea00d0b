using System.Text.Json.Serialization;

namespace Interven.Contracts;

/// <summary>One reason code: a stable word that scripts may rely on.</summary>
/// <param name="Code">Upper-case word.</param>
/// <param name="Meaning">One sentence for people.</param>
/// <param name="Kind">Where it appears.</param>
public sealed record ReasonCode(string Code, string Meaning, ReasonKind Kind);

/// <summary>Where a reason code appears: in decisions or in error answers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReasonKind>))]
public enum ReasonKind
{
    [JsonStringEnumMemberName("decision")] Decision,
    [JsonStringEnumMemberName("error")] Error,
}

/// <summary>The catalogue of reason codes of decisions and of error answers. The docs and the API list it from here.</summary>
public static class ReasonCodes
{
    public const string SecretDetected = "SECRET_DETECTED";
    public const string PiiDetected = "PII_DETECTED";
    public const string PciDetected = "PCI_DETECTED";
    public const string PhiDetected = "PHI_DETECTED";
    public const string InternalContent = "INTERNAL_CONTENT";
    public const string ExternalPrincipal = "EXTERNAL_PRINCIPAL";
    public const string NewDestination = "NEW_DESTINATION";
    public const string VolumeBurst = "VOLUME_BURST";
    public const string BodyPatternMatch = "BODY_PATTERN_MATCH";
    public const string PolicyMatch = "POLICY_MATCH";
    public const string DefaultAction = "DEFAULT_ACTION";
    public const string DestructiveAction = "DESTRUCTIVE_ACTION";
    public const string PromptInjection = "PROMPT_INJECTION";
    public const string Exfiltration = "EXFILTRATION";
    public const string ReadThenWrite = "READ_THEN_WRITE";
    public const string ThreatIntelMatch = "THREAT_INTEL_MATCH";
    public const string RiskHigh = "RISK_HIGH";
    public const string RiskCritical = "RISK_CRITICAL";
    public const string AgentSuspended = "AGENT_SUSPENDED";
    public const string LowTrust = "LOW_TRUST";
    public const string EphemeralScopeViolation = "EPHEMERAL_SCOPE_VIOLATION";
    public const string RecentApprovalGrant = "RECENT_APPROVAL_GRANT";
    public const string RecentDenial = "RECENT_DENIAL";
    public const string ApprovedByReviewer = "APPROVED_BY_REVIEWER";
    public const string DeniedByReviewer = "DENIED_BY_REVIEWER";
    public const string EditedByReviewer = "EDITED_BY_REVIEWER";
    public const string ApprovalExpired = "APPROVAL_EXPIRED";
    public const string ApprovalAlreadyUsed = "APPROVAL_ALREADY_USED";
    public const string PolicyChanged = "POLICY_CHANGED";
    public const string DecodeLimit = "DECODE_LIMIT";
    public const string CannotSanitize = "CANNOT_SANITIZE";
    public const string AuditUnavailable = "AUDIT_UNAVAILABLE";
    public const string EngineUnavailable = "ENGINE_UNAVAILABLE";

    public const string InvalidKey = "INVALID_KEY";
    public const string IpNotAllowed = "IP_NOT_ALLOWED";
    public const string RateLimited = "RATE_LIMITED";
    public const string QuotaExceeded = "QUOTA_EXCEEDED";
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";
    public const string InvalidRequest = "INVALID_REQUEST";
    public const string InvalidPolicy = "INVALID_POLICY";
    public const string EnvMismatch = "ENV_MISMATCH";
    public const string Forbidden = "FORBIDDEN";
    public const string BadCredentials = "BAD_CREDENTIALS";
    public const string TotpRequired = "TOTP_REQUIRED";
    public const string LockedOut = "LOCKED_OUT";
    public const string SessionExpired = "SESSION_EXPIRED";
    public const string PasswordChangeRequired = "PASSWORD_CHANGE_REQUIRED";
    public const string CsrfRefused = "CSRF_REFUSED";
    public const string HttpsRequired = "HTTPS_REQUIRED";
    public const string LastAdmin = "LAST_ADMIN";
    public const string SsoRefused = "SSO_REFUSED";
    public const string SsoUnavailable = "SSO_UNAVAILABLE";
    public const string MissingScope = "MISSING_SCOPE";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string IdempotencyMismatch = "IDEMPOTENCY_KEY_REUSED";
    public const string IdempotencyInFlight = "IDEMPOTENCY_KEY_IN_FLIGHT";
    public const string AlreadyRedeemed = "ALREADY_REDEEMED";
    public const string AlreadyDecided = "ALREADY_DECIDED";
    public const string OwnRequest = "OWN_REQUEST";
    public const string NotEligible = "NOT_ELIGIBLE";
    public const string EditRefused = "EDIT_REFUSED";
    public const string EditedMeanwhile = "EDITED_MEANWHILE";
    public const string NotApproved = "NOT_APPROVED";
    public const string GrantExpired = "GRANT_EXPIRED";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string InternalError = "INTERNAL_ERROR";
    public const string CallDenied = "CALL_DENIED";
    public const string CredentialUnavailable = "CREDENTIAL_UNAVAILABLE";
    public const string UpstreamUnavailable = "UPSTREAM_UNAVAILABLE";

    /// <summary>Every code, in the order of the docs.</summary>
    public static IReadOnlyList<ReasonCode> All { get; } =
    [
        new(SecretDetected, "A credential or key was found in what the call would send.", ReasonKind.Decision),
        new(PiiDetected, "Personal data was found in what the call would send.", ReasonKind.Decision),
        new(PciDetected, "Payment card data was found in what the call would send.", ReasonKind.Decision),
        new(PhiDetected, "Health data was found in what the call would send.", ReasonKind.Decision),
        new(InternalContent, "The text is marked as internal to the company.", ReasonKind.Decision),
        new(ExternalPrincipal, "The call gives access or data to someone outside the tenant's domains.", ReasonKind.Decision),
        new(NewDestination, "The agent has not called this destination before.", ReasonKind.Decision),
        new(VolumeBurst, "The agent calls at five times its normal rate or more.", ReasonKind.Decision),
        new(BodyPatternMatch, "A rule's condition on the body was met.", ReasonKind.Decision),
        new(PolicyMatch, "A policy rule without a reason code of its own matched.", ReasonKind.Decision),
        new(DefaultAction, "No rule matched, and the tenant's default for this verb is stricter than ALLOW.", ReasonKind.Decision),
        new(DestructiveAction, "The call would destroy data or history.", ReasonKind.Decision),
        new(PromptInjection, "The text carries instructions that try to override the agent's own.", ReasonKind.Decision),
        new(Exfiltration, "The text speaks of getting data out unseen.", ReasonKind.Decision),
        new(ReadThenWrite, "Sensitive data that was read minutes ago is about to leave.", ReasonKind.Decision),
        new(ThreatIntelMatch, "The destination or a link in the body is on a threat list.", ReasonKind.Decision),
        new(RiskHigh, "The risk score is in the HIGH band and the tenant acts on that.", ReasonKind.Decision),
        new(RiskCritical, "The risk score is in the CRITICAL band.", ReasonKind.Decision),
        new(AgentSuspended, "The agent is suspended; nothing it asks is allowed.", ReasonKind.Decision),
        new(LowTrust, "The agent's trust is below 0.6, so thresholds are one band lower.", ReasonKind.Decision),
        new(EphemeralScopeViolation, "The ephemeral key does not cover this tool or verb.", ReasonKind.Decision),
        new(RecentApprovalGrant, "A person approved the identical call a moment ago.", ReasonKind.Decision),
        new(RecentDenial, "A person denied the identical call a moment ago.", ReasonKind.Decision),
        new(ApprovedByReviewer, "A person approved this call.", ReasonKind.Decision),
        new(DeniedByReviewer, "A person denied this call.", ReasonKind.Decision),
        new(EditedByReviewer, "A person approved this call with changes.", ReasonKind.Decision),
        new(ApprovalExpired, "Nobody answered in time.", ReasonKind.Decision),
        new(ApprovalAlreadyUsed, "The approval has been used as often as it allows.", ReasonKind.Decision),
        new(PolicyChanged, "The rules changed since the approval was asked for, and now deny the call.", ReasonKind.Decision),
        new(DecodeLimit, "The body is encoded more deeply or widely than can be read.", ReasonKind.Decision),
        new(CannotSanitize, "What a rule restricts stands in the URL or a header, where it cannot be redacted.", ReasonKind.Decision),
        new(AuditUnavailable, "The decision could not be recorded, so nothing is allowed. Try again.", ReasonKind.Decision),
        new(EngineUnavailable, "A part that decides did not answer, so nothing is allowed. Try again.", ReasonKind.Decision),
        new(InvalidKey, "The API key is missing, malformed, unknown, expired or revoked.", ReasonKind.Error),
        new(IpNotAllowed, "The caller's address is outside the key's allowlist.", ReasonKind.Error),
        new(RateLimited, "Too many calls; wait as long as Retry-After says.", ReasonKind.Error),
        new(QuotaExceeded, "The tenant's limit for this period is used up.", ReasonKind.Error),
        new(PayloadTooLarge, "The body is larger than the limit in the message.", ReasonKind.Error),
        new(InvalidRequest, "The request is malformed; errors names each field.", ReasonKind.Error),
        new(InvalidPolicy, "The policy is refused whole; errors names each problem by JSON path.", ReasonKind.Error),
        new(EnvMismatch, "The key is bound to another environment.", ReasonKind.Error),
        new(Forbidden, "The caller's role does not allow this.", ReasonKind.Error),
        new(BadCredentials, "The address, the password or the code is wrong.", ReasonKind.Error),
        new(TotpRequired, "The account has a second factor; its code is missing.", ReasonKind.Error),
        new(LockedOut, "Too many failures; wait as long as Retry-After says.", ReasonKind.Error),
        new(SessionExpired, "The session is over. Sign in again.", ReasonKind.Error),
        new(PasswordChangeRequired, "The password is a temporary one and must be changed first.", ReasonKind.Error),
        new(CsrfRefused, "A change with a session cookie came from elsewhere, or without its token.", ReasonKind.Error),
        new(HttpsRequired, "Sessions are not for plain http beyond this machine.", ReasonKind.Error),
        new(LastAdmin, "The tenant would be left without an admin.", ReasonKind.Error),
        new(SsoRefused, "The identity provider's answer lets nobody in.", ReasonKind.Error),
        new(SsoUnavailable, "The identity provider does not answer.", ReasonKind.Error),
        new(MissingScope, "The API key lacks the scope that this endpoint needs.", ReasonKind.Error),
        new(NotFound, "There is no such thing in this tenant.", ReasonKind.Error),
        new(Conflict, "The change clashes with what is there.", ReasonKind.Error),
        new(IdempotencyMismatch, "The Idempotency-Key was used before with another body.", ReasonKind.Error),
        new(IdempotencyInFlight, "The first request with this Idempotency-Key is still under way.", ReasonKind.Error),
        new(AlreadyRedeemed, "The approval's execution has been taken.", ReasonKind.Error),
        new(AlreadyDecided, "The approval was decided before, or its time is over; outcome says how it ended.", ReasonKind.Error),
        new(OwnRequest, "Whoever minted the calling key, or owns the agent, cannot approve its calls.", ReasonKind.Error),
        new(NotEligible, "The rule asks for members of a group, and the caller is none.", ReasonKind.Error),
        new(EditRefused, "The edited call may not be approved; errors says what the rules make of it.", ReasonKind.Error),
        new(EditedMeanwhile, "Somebody has edited the call since; look again and approve what is there now.", ReasonKind.Error),
        new(NotApproved, "The approval is not approved (yet).", ReasonKind.Error),
        new(GrantExpired, "The approval's window is over.", ReasonKind.Error),
        new(StorageUnavailable, "The store does not answer. Try again; a change may or may not have been made.", ReasonKind.Error),
        new(InternalError, "A fault in Interven itself. A change may or may not have been made; look before you repeat it.", ReasonKind.Error),
        new(CallDenied, "An inbound route did not forward the call; the header X-Interven-Reasons says why.", ReasonKind.Error),
        new(CredentialUnavailable, "The route's credential is revoked, gone, or its token endpoint gives no token; nothing was forwarded.", ReasonKind.Error),
        new(UpstreamUnavailable, "The upstream of an inbound route could not be reached, or its answer not be passed on.", ReasonKind.Error),
    ];
}
