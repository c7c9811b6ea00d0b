using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Settings;

/// <summary>Changes settings; absent members stay as they are, and within <c>risk</c>, <c>incidents</c>, <c>default_actions</c> and <c>thresholds</c> too. Unknown members are refused.</summary>
/// <param name="RetentionDays">30, 90 or 365; null keeps records for ever.</param>
/// <param name="Thresholds">What the bands HIGH and CRITICAL raise a milder decision to: REQUIRE_APPROVAL, DENY, or null for nothing. The same as <c>risk.on_high</c> and <c>risk.on_critical</c>.</param>
public sealed record PatchSettingsRequest(
    int? RetentionDays = null, int? ApprovalTtlSeconds = null, int? GrantWindowSeconds = null, int? DenyWindowSeconds = null, RiskThresholds? Thresholds = null, RiskSettings? Risk = null,
    DefaultActions? DefaultActions = null, IReadOnlyList<string>? InternalDomains = null, IReadOnlyList<string>? InternalMarkers = null, bool? SeparationOfDuties = null,
    int? TenantScansPerMinute = null, int? KeyScansPerMinute = null, Incidents.IncidentSettings? Incidents = null);

/// <summary>Asks for a new environment.</summary>
/// <param name="Name">1 to 50 lower-case letters, digits, hyphens and underscores.</param>
public sealed record CreateEnvironmentRequest([property: Required] string? Name);

/// <summary>A named scope that keys and policies may be bound to.</summary>
/// <param name="Keys">Live keys that are bound to it.</param>
/// <param name="Policies">Policies for it alone.</param>
/// <param name="InboundRoutes">Inbound routes that name it.</param>
public sealed record EnvironmentRow(string Name, int Keys, int Policies, int InboundRoutes);

/// <summary>A detector of the tenant's own.</summary>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="DataClass"><c>SECRETS</c>, <c>PII</c>, <c>PCI</c>, <c>PHI</c> or <c>INTERNAL</c>.</param>
/// <param name="Kind">What findings say, and redactions: <c>employee_number</c> becomes <c>[REDACTED:EMPLOYEE_NUMBER]</c>.</param>
/// <param name="Literals">Found as whole words in any case: at most 1,000, of 3 to 200 characters.</param>
/// <param name="Regex">At most 512 characters, in linear time: no look-around, backreferences, atomic groups or conditionals.</param>
public sealed record DetectorRequest(
    [property: Required] string? Name, [property: Required] string? DataClass, [property: Required] string? Kind, IReadOnlyList<string>? Literals = null, string? Regex = null, bool Enabled = true);

/// <summary>A detector as it is.</summary>
public sealed record DetectorRow(
    Guid DetectorId, string Name, string DataClass, string Kind, IReadOnlyList<string> Literals, string? Regex, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>A list of places that count as threats for this tenant.</summary>
/// <param name="Name">1 to 100 characters, unique.</param>
/// <param name="Entries">Hosts (their sub-domains are meant too), addresses, IPv4 CIDR blocks or URLs: 1 to 10,000.</param>
public sealed record ThreatListRequest([property: Required] string? Name, [property: Required] IReadOnlyList<string>? Entries);

/// <summary>A threat list.</summary>
/// <param name="Entries">Absent in lists.</param>
public sealed record ThreatListRow(Guid ListId, string Name, int Count, IReadOnlyList<string>? Entries, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
