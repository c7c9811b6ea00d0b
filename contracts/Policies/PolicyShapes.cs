using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Scanning;

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
/// <param name="Document">The policy in the one form in which it would be stored; null where it is not valid.</param>
public sealed record PolicyValidation(bool Valid, IReadOnlyList<FieldError> Problems, IReadOnlyList<FieldError> Warnings, JsonElement? Document = null);

/// <summary>How one rule fared on one call.</summary>
/// <param name="FailedOn">First key that did not hold; null for a match.</param>
public sealed record RuleTrace(string PolicyName, string RuleId, bool Matched, string? FailedOn);

/// <summary>What one call would have been answered, and what each rule said. Nothing is recorded.</summary>
/// <param name="ToolName">As detected.</param>
/// <param name="Classifications">Data classes found.</param>
/// <param name="Findings">What was found, and where; never the value.</param>
/// <param name="PolicyName">Whose rule decided; null where none did.</param>
/// <param name="SanitizedBody">With SANITIZE, and with REQUIRE_APPROVAL where a sanitising rule matched too; null otherwise.</param>
public sealed record Simulation(
    Decision Decision, double RiskScore, RiskBand RiskBand, IReadOnlyList<string> ReasonCodes, IReadOnlyList<RuleTrace> Rules,
    string ToolName, string Operation, Verb Verb, IReadOnlyList<string> Classifications, IReadOnlyList<ScanFinding> Findings,
    string? PolicyName, string? RuleId, JsonElement? SanitizedBody);

/// <summary>Asks what one call would be answered.</summary>
/// <param name="Policy">A draft that stands in for the stored policy of its name, or joins the others; absent: the policies as they are.</param>
/// <param name="Scan">The call, as for <c>/v1/scan</c>.</param>
/// <param name="Policies">Several drafts, at most 100, each as <paramref name="Policy"/>.</param>
/// <param name="Alone">True: the drafts alone are asked, without the tenant's other policies.</param>
/// <param name="At">When the call is made; absent: now.</param>
/// <param name="Agent">What the agent's history says; absent: an agent that nothing is held against.</param>
/// <param name="Hours">Instead of a call: how far back the one draft is asked about recorded calls, 1 to 720.</param>
public sealed record SimulateRequest(
    JsonElement? Policy, JsonElement Scan = default, IReadOnlyList<JsonElement>? Policies = null, bool? Alone = null, DateTimeOffset? At = null, SimulatedAgent? Agent = null, int? Hours = null);

/// <summary>What an agent's history says of the simulated call.</summary>
/// <param name="Trust">0 to 1; 1 where absent.</param>
/// <param name="NewDestination">Whether the agent calls this destination for the first time.</param>
/// <param name="VolumeBurst">Whether it calls at five times its normal rate or more.</param>
/// <param name="Unknown">True: the history cannot be had in time.</param>
public sealed record SimulatedAgent(
    [property: Range(0.0, 1.0)] double? Trust = null, bool? NewDestination = null, bool? VolumeBurst = null, bool? Unknown = null);
