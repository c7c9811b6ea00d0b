using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Agents;
using Interven.Contracts.Alerts;
using Interven.Contracts.Approvals;
using Interven.Contracts.Audit;
using Interven.Contracts.Errors;
using Interven.Contracts.Inbound;
using Interven.Contracts.Evidence;
using Interven.Contracts.Keys;
using Interven.Contracts.People;
using Interven.Contracts.Policies;
using Interven.Contracts.Settings;
using Interven.Contracts.Sinks;
using Interven.Contracts.Tenants;
using Interven.Contracts.Tools;
using Interven.Contracts.Vault;

namespace Interven.Contracts;

/// <summary>How contract types are written as JSON: snake_case, absent instead of null where a member says so, enums as words.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    AllowDuplicateProperties = false,
    Converters = [typeof(RfcTimeConverter)],
    MaxDepth = 64)]
[JsonSerializable(typeof(Actor))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(MintKeyRequest))]
[JsonSerializable(typeof(MintedKey))]
[JsonSerializable(typeof(PatchKeyRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(KeyRow))]
[JsonSerializable(typeof(Page<KeyRow>))]
[JsonSerializable(typeof(MintEphemeralKeyRequest))]
[JsonSerializable(typeof(MintedEphemeralKey))]
[JsonSerializable(typeof(EphemeralScope))]
[JsonSerializable(typeof(Usage))]
[JsonSerializable(typeof(AppliedPolicy))]
[JsonSerializable(typeof(PolicyDetail))]
[JsonSerializable(typeof(Page<PolicyRow>))]
[JsonSerializable(typeof(Page<PolicyVersion>))]
[JsonSerializable(typeof(Page<AppliedPolicy>))]
[JsonSerializable(typeof(IReadOnlyList<AppliedPolicy>))]
[JsonSerializable(typeof(Page<PolicyPack>))]
[JsonSerializable(typeof(IReadOnlyList<PolicyPack>))]
[JsonSerializable(typeof(Page<PolicyHits>))]
[JsonSerializable(typeof(IReadOnlyList<PolicyHits>))]
[JsonSerializable(typeof(SimulateRequest))]
[JsonSerializable(typeof(RestorePolicyRequest))]
[JsonSerializable(typeof(PolicyValidation))]
[JsonSerializable(typeof(Simulation))]
[JsonSerializable(typeof(SimulateRequest))]
[JsonSerializable(typeof(HistorySimulation))]
[JsonSerializable(typeof(CreateTenantRequest))]
[JsonSerializable(typeof(CreatedTenant))]
[JsonSerializable(typeof(Page<TenantRow>))]
[JsonSerializable(typeof(TenantErasure))]
[JsonSerializable(typeof(ApprovalStatus))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Page<Approval>))]
[JsonSerializable(typeof(IReadOnlyList<ApprovalVote>))]
[JsonSerializable(typeof(DecideApprovalRequest))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(BulkDecisionRequest))]
[JsonSerializable(typeof(BulkDecision))]
[JsonSerializable(typeof(Page<Grant>))]
[JsonSerializable(typeof(ApproverGroup))]
[JsonSerializable(typeof(Page<ApproverGroup>))]
[JsonSerializable(typeof(ApproverGroupRequest))]
[JsonSerializable(typeof(RedeemedCall))]
[JsonSerializable(typeof(CreateCredentialRequest))]
[JsonSerializable(typeof(PatchCredentialRequest))]
[JsonSerializable(typeof(RotateCredentialRequest))]
[JsonSerializable(typeof(CredentialRow))]
[JsonSerializable(typeof(Page<CredentialRow>))]
[JsonSerializable(typeof(CreateInboundRouteRequest))]
[JsonSerializable(typeof(PatchInboundRouteRequest))]
[JsonSerializable(typeof(InboundRouteRow))]
[JsonSerializable(typeof(MintedInboundRoute))]
[JsonSerializable(typeof(PausedInboundCall))]
[JsonSerializable(typeof(Page<InboundRouteRow>))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(TotpEnrolment))]
[JsonSerializable(typeof(TotpCode))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(ServiceSession))]
[JsonSerializable(typeof(Page<SessionEntry>))]
[JsonSerializable(typeof(InviteUserRequest))]
[JsonSerializable(typeof(InvitedUser))]
[JsonSerializable(typeof(TeamMember))]
[JsonSerializable(typeof(Page<TeamMember>))]
[JsonSerializable(typeof(PatchUserRequest))]
[JsonSerializable(typeof(CreateServiceAccountRequest))]
[JsonSerializable(typeof(CreatedServiceAccount))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(Page<ServiceAccount>))]
[JsonSerializable(typeof(Sso))]
[JsonSerializable(typeof(PutSsoRequest))]
[JsonSerializable(typeof(Page<SignInProvider>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(PatchSettingsRequest))]
[JsonSerializable(typeof(CreateEnvironmentRequest))]
[JsonSerializable(typeof(EnvironmentRow))]
[JsonSerializable(typeof(Page<EnvironmentRow>))]
[JsonSerializable(typeof(DetectorRequest))]
[JsonSerializable(typeof(DetectorRow))]
[JsonSerializable(typeof(Page<DetectorRow>))]
[JsonSerializable(typeof(ThreatListRequest))]
[JsonSerializable(typeof(ThreatListRow))]
[JsonSerializable(typeof(Page<ThreatListRow>))]
[JsonSerializable(typeof(ToolRequest))]
[JsonSerializable(typeof(ToolRow))]
[JsonSerializable(typeof(Page<ToolRow>))]
[JsonSerializable(typeof(AgentSummary))]
[JsonSerializable(typeof(AgentDetail))]
[JsonSerializable(typeof(PatchAgentRequest))]
[JsonSerializable(typeof(Page<AgentSummary>))]
[JsonSerializable(typeof(EphemeralKeySummary))]
[JsonSerializable(typeof(Page<EphemeralKeySummary>))]
[JsonSerializable(typeof(CreateAlertRequest))]
[JsonSerializable(typeof(PatchAlertRequest))]
[JsonSerializable(typeof(AlertChannel))]
[JsonSerializable(typeof(Page<AlertChannel>))]
[JsonSerializable(typeof(AlertTestResult))]
[JsonSerializable(typeof(Page<AlertDelivery>))]
[JsonSerializable(typeof(Incidents.Incident))]
[JsonSerializable(typeof(Page<Incidents.Incident>))]
[JsonSerializable(typeof(Incidents.CreateIncidentRequest))]
[JsonSerializable(typeof(Incidents.IncidentTransitionRequest))]
[JsonSerializable(typeof(Incidents.IncidentNoteRequest))]
[JsonSerializable(typeof(TenantSettings))]
[JsonSerializable(typeof(Page<ReasonCode>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(Page<DecisionSummary>))]
[JsonSerializable(typeof(IReadOnlyList<DecisionSummary>))]
[JsonSerializable(typeof(DecisionDetail))]
[JsonSerializable(typeof(DecisionStats))]
[JsonSerializable(typeof(DecisionSummary))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(Page<AuditAction>))]
[JsonSerializable(typeof(RetentionStatus))]
[JsonSerializable(typeof(PruneResult))]
[JsonSerializable(typeof(CreateHoldRequest))]
[JsonSerializable(typeof(Page<LegalHold>))]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(PackManifest))]
[JsonSerializable(typeof(CreateSinkRequest))]
[JsonSerializable(typeof(PatchSinkRequest))]
[JsonSerializable(typeof(Page<Sink>))]
public sealed partial class ContractJson : JsonSerializerContext;

/// <summary>RFC 3339, UTC, milliseconds: <c>2026-11-22T09:30:00.000Z</c>.</summary>
public sealed class RfcTimeConverter : JsonConverter<DateTimeOffset>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, System.Globalization.CultureInfo.InvariantCulture));
}
