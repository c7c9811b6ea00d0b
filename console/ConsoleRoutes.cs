namespace Interven.Console;

/// <summary>First segments of the console's addresses: the front end serves the app under these, and keeps a 404 for everything else.</summary>
public static class ConsoleRoutes
{
    public static IReadOnlyList<string> Segments { get; } =
    [
        "", "sign-in", "account", "setup", "activity", "approvals", "incidents", "policies", "agents", "tools", "keys", "ephemeral-keys", "inbound-routes",
        "credentials", "alerts", "audit", "settings",
    ];
}
