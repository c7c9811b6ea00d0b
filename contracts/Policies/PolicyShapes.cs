using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Interven.Contracts.Errors;

namespace Interven.Contracts.Policies;

/// <summary>The answer to <c>POST /v1/policies/apply</c> and to a look-up by name.</summary>
/// <param name="Version">Counts from 1; the same content makes no new one.</param>
/// <param name="Rules">Number of rules.</param>
public sealed record AppliedPolicy(Guid PolicyId, string Name, string? EnvName, int Version, int Rules);

/// <summary>A policy as lists show it.</summary>
public sealed record PolicyRow(
    Guid PolicyId, string Name, string? EnvName, int Version, bool Enabled, string Mode, int Rules, string? Description,
    DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>A policy with its document.</summary>
public sealed record PolicyDetail(PolicyRow Policy, JsonElement Document);

/// <summary>One immutable version.</summary>
public sealed record PolicyVersion(int Version, DateTimeOffset CreatedAt, string CreatedBy, string ContentHash, JsonElement Document);

/// <summary>Asks for a new version with an old one's content.</summary>
/// <param name="Version">The old one; required.</param>
public sealed record RestorePolicyRequest([property: Required] int? Version = null);

/// <summary>The answer to a dry check: every problem, by JSON path.</summary>
/// <param name="Warnings">Rules that are legal but cannot do what they seem to, with the reason.</param>
public sealed record PolicyValidation(bool Valid, IReadOnlyList<FieldError> Problems, IReadOnlyList<FieldError> Warnings);

/// <summary>How one rule fared on one call.</summary>
/// <param name="FailedOn">First key that did not hold; null for a match.</param>
public sealed record RuleTrace(string PolicyName, string RuleId, bool Matched, string? FailedOn);

/// <summary>What one call would have been answered, rule by rule. Nothing is recorded.</summary>
public sealed record Simulation(Decision Decision, double RiskScore, RiskBand RiskBand, IReadOnlyList<string> ReasonCodes, IReadOnlyList<RuleTrace> Rules);

/// <summary>Asks what one call would be answered.</summary>
/// <param name="Policy">A draft that stands in for the stored policy of its name, or joins the others; absent: the policies as they are.</param>
/// <param name="Scan">The call, as for <c>/v1/scan</c>.</param>
public sealed record SimulateRequest(JsonElement? Policy, JsonElement Scan);
