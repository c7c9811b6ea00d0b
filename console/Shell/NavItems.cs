using Interven.Contracts.Access;
using MudBlazor;

namespace Interven.Console.Shell;

/// <summary>One entry of the navigation.</summary>
/// <param name="Key">The letter after <c>g</c> that leads there.</param>
sealed record NavItem(string Text, string Href, string Icon, Permission Needs, char? Key = null);

/// <summary>The navigation, in groups; what a role may not see is not in it.</summary>
static class NavItems
{
    public static IReadOnlyList<(string? Title, NavItem[] Items)> Groups { get; } =
    [
        (null,
        [
            new("Dashboard", "", Icons.Material.Outlined.SpaceDashboard, Permission.DecisionsRead, 'd'),
            new("Activity", "activity", Icons.Material.Outlined.Timeline, Permission.DecisionsRead, 'a'),
            new("Approvals", "approvals", Icons.Material.Outlined.HowToReg, Permission.ApprovalsRead, 'q'),
            new("Incidents", "incidents", Icons.Material.Outlined.WarningAmber, Permission.IncidentsRead, 'i'),
        ]),
        ("Control",
        [
            new("Policies", "policies", Icons.Material.Outlined.Rule, Permission.PoliciesRead, 'p'),
            new("Agents", "agents", Icons.Material.Outlined.SmartToy, Permission.AgentsRead, 'e'),
            new("Tools", "tools", Icons.Material.Outlined.Build, Permission.ToolsRead, 't'),
        ]),
        ("Connect",
        [
            new("API keys", "keys", Icons.Material.Outlined.VpnKey, Permission.KeysRead, 'k'),
            new("Ephemeral keys", "ephemeral-keys", Icons.Material.Outlined.Timelapse, Permission.EphemeralKeysRead),
            new("Inbound routes", "inbound-routes", Icons.Material.Outlined.CallMerge, Permission.InboundRoutesRead),
            new("Tool credentials", "credentials", Icons.Material.Outlined.Lock, Permission.CredentialsRead),
            new("Alerts", "alerts", Icons.Material.Outlined.Notifications, Permission.AlertsRead, 'n'),
        ]),
        ("Govern",
        [
            new("Audit log", "audit", Icons.Material.Outlined.ReceiptLong, Permission.AuditRead, 'l'),
            new("Settings", "settings", Icons.Material.Outlined.Settings, Permission.SettingsRead, 's'),
            new("Setup", "setup", Icons.Material.Outlined.RocketLaunch, Permission.KeysChange),
        ]),
    ];
}
