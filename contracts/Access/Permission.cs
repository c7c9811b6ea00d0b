namespace Interven.Contracts.Access;

/// <summary>
/// One thing that callers of <c>/api</c> are let do, and the roles that are. Every endpoint names the one it needs; the docs, the console and the tests
/// read the same table.
/// </summary>
public sealed record Permission
{
    // Letters: A admin, D developer, R reviewer, U auditor, O operator; a small letter: only what is one's own. An operator is an admin too.
    public static readonly Permission AccountRead = new("account:read", "ADRU", "Who one is, and one's own sessions");
    public static readonly Permission AccountChange = new("account:change", "ADRU", "One's own password, second factor and sessions");
    public static readonly Permission DecisionsRead = new("decisions:read", "ADRU", "Decision records, their statistics and the live view");
    public static readonly Permission DecisionsExport = new("decisions:export", "ADRU", "Exports of decision records");
    public static readonly Permission ApprovalsRead = new("approvals:read", "ADRU", "Approvals and grants");
    public static readonly Permission ApprovalsChange = new("approvals:change", "AR", "Approving, denying, revoking grants");
    public static readonly Permission ApproverGroupsRead = new("approver_groups:read", "ADRU", "Groups of approvers");
    public static readonly Permission ApproverGroupsChange = new("approver_groups:change", "A", "Groups of approvers");
    public static readonly Permission IncidentsRead = new("incidents:read", "ADRU", "Incidents");
    public static readonly Permission IncidentsChange = new("incidents:change", "AR", "Opening incidents, their transitions and notes");
    public static readonly Permission PoliciesRead = new("policies:read", "ADRU", "Policies and their versions");
    public static readonly Permission PoliciesChange = new("policies:change", "AD", "Policies: change, restore, validate, simulate, packs");
    public static readonly Permission AgentsRead = new("agents:read", "ADRU", "Agents, their trust and history");
    public static readonly Permission AgentsChange = new("agents:change", "A", "Suspending and reactivating agents, resetting their trust");
    public static readonly Permission ToolsRead = new("tools:read", "ADRU", "The catalogue, and the tenant's own tools");
    public static readonly Permission ToolsChange = new("tools:change", "AD", "The tenant's own tools and operations");
    public static readonly Permission DetectorsRead = new("detectors:read", "ADRU", "The tenant's own detectors");
    public static readonly Permission DetectorsChange = new("detectors:change", "A", "The tenant's own detectors");
    public static readonly Permission ThreatListsRead = new("threat_lists:read", "ADRU", "Threat lists");
    public static readonly Permission ThreatListsChange = new("threat_lists:change", "A", "Threat lists");
    public static readonly Permission KeysRead = new("keys:read", "Ad", "API keys, never their secrets");
    public static readonly Permission KeysChange = new("keys:change", "Ad", "Minting, changing, rotating and revoking API keys");
    public static readonly Permission EphemeralKeysRead = new("ephemeral_keys:read", "AD", "Ephemeral keys");
    public static readonly Permission EphemeralKeysChange = new("ephemeral_keys:change", "AD", "Revoking ephemeral keys");
    public static readonly Permission AlertsRead = new("alerts:read", "AD", "Alert channels and their deliveries, never their secrets");
    public static readonly Permission AlertsChange = new("alerts:change", "A", "Alert channels");
    public static readonly Permission CredentialsRead = new("credentials:read", "A", "Names and types of vaulted credentials, never their values");
    public static readonly Permission CredentialsChange = new("credentials:change", "A", "Vaulted credentials");
    public static readonly Permission InboundRoutesRead = new("inbound_routes:read", "ADRU", "Inbound routes");
    public static readonly Permission InboundRoutesChange = new("inbound_routes:change", "A", "Inbound routes");
    public static readonly Permission TeamRead = new("team:read", "A", "People, service accounts and everybody's sessions");
    public static readonly Permission TeamChange = new("team:change", "A", "Inviting and removing people, roles, service accounts, ending sessions");
    public static readonly Permission SettingsRead = new("settings:read", "ADU", "Settings, environments");
    public static readonly Permission SettingsChange = new("settings:change", "A", "Settings, environments");
    public static readonly Permission SsoRead = new("sso:read", "ADU", "Single sign-on, never its secrets");
    public static readonly Permission SsoChange = new("sso:change", "A", "Single sign-on");
    public static readonly Permission AuditRead = new("audit:read", "AU", "The audit log and the evidence pack");
    public static readonly Permission RetentionRead = new("retention:read", "ADU", "Legal holds, the last prune");
    public static readonly Permission RetentionChange = new("retention:change", "A", "Pruning now, legal holds, erasure");
    public static readonly Permission SinksRead = new("sinks:read", "ADU", "SIEM sinks and their lag, never their tokens");
    public static readonly Permission SinksChange = new("sinks:change", "A", "SIEM sinks");
    public static readonly Permission TenantsRead = new("tenants:read", "O", "All tenants of the installation");
    public static readonly Permission TenantsChange = new("tenants:change", "O", "Making and erasing tenants");

    static readonly Dictionary<char, string> Letters = new()
    {
        ['A'] = Access.Roles.Admin, ['D'] = Access.Roles.Developer, ['R'] = Access.Roles.Reviewer, ['U'] = Access.Roles.Auditor, ['O'] = Access.Roles.Operator,
    };

    readonly string who;

    Permission(string name, string who, string covers) => (Name, this.who, Covers) = (name, who.Contains('A') ? who + "O" : who, covers);

    /// <summary>Area and kind: <c>policies:change</c>. The console shows and hides by it.</summary>
    public string Name { get; }

    /// <summary>What it covers, in words.</summary>
    public string Covers { get; }

    /// <summary>False: whoever has it can only look.</summary>
    public bool Changes => Name.EndsWith(":change", StringComparison.Ordinal);

    /// <summary>Every role that has it, if only for what is the caller's own.</summary>
    public IReadOnlyList<string> Roles => [.. who.Select(letter => Letters[char.ToUpperInvariant(letter)])];

    public bool Allows(string role) => Roles.Contains(role);

    /// <summary>The role has it for what the caller made, and for nothing else.</summary>
    public bool IsOwnOnly(string role) => who.Any(letter => char.IsLower(letter) && Letters[char.ToUpperInvariant(letter)] == role);

    /// <summary>Every permission, in the order of the docs.</summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        AccountRead, AccountChange, DecisionsRead, DecisionsExport, ApprovalsRead, ApprovalsChange, ApproverGroupsRead, ApproverGroupsChange,
        IncidentsRead, IncidentsChange, PoliciesRead, PoliciesChange, AgentsRead, AgentsChange, ToolsRead, ToolsChange, DetectorsRead, DetectorsChange,
        ThreatListsRead, ThreatListsChange, KeysRead, KeysChange, EphemeralKeysRead, EphemeralKeysChange, AlertsRead, AlertsChange,
        CredentialsRead, CredentialsChange, InboundRoutesRead, InboundRoutesChange, TeamRead, TeamChange, SettingsRead, SettingsChange, SsoRead, SsoChange,
        AuditRead, RetentionRead, RetentionChange, SinksRead, SinksChange, TenantsRead, TenantsChange,
    ];

    /// <summary>Everything that a role is let do.</summary>
    public static IReadOnlyList<Permission> Of(string role) => [.. All.Where(permission => permission.Allows(role))];

    public override string ToString() => Name;
}
