using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Approvals;
using Interven.Contracts.Audit;
using Interven.Contracts.Errors;
using Interven.Contracts.Inbound;
using Interven.Contracts.Evidence;
using Interven.Contracts.Keys;
using Interven.Contracts.Policies;
using Interven.Contracts.Sinks;
using Interven.Contracts.Tenants;
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
[JsonSerializable(typeof(RestorePolicyRequest))]
[JsonSerializable(typeof(PolicyValidation))]
[JsonSerializable(typeof(Simulation))]
[JsonSerializable(typeof(SimulateRequest))]
[JsonSerializable(typeof(HistorySimulation))]
[JsonSerializable(typeof(CreateTenantRequest))]
[JsonSerializable(typeof(CreatedTenant))]
[JsonSerializable(typeof(Page<TenantRow>))]
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
