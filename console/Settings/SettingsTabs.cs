using Interven.Contracts.Access;

namespace Interven.Console.Settings;

/// <summary>One part of the settings.</summary>
sealed record SettingsPart(string Name, string Text, Permission Needs, Type Shows);

/// <summary>The parts of the settings, in the order of their tabs.</summary>
static class SettingsTabs
{
    public static IReadOnlyList<SettingsPart> All { get; } =
    [
        new("general", "General", Permission.SettingsRead, typeof(GeneralTab)),
        new("team", "Team", Permission.TeamRead, typeof(TeamTab)),
        new("groups", "Approver groups", Permission.ApproverGroupsRead, typeof(GroupsTab)),
        new("sso", "Single sign-on", Permission.SsoRead, typeof(SsoTab)),
        new("machines", "Service accounts", Permission.TeamRead, typeof(MachinesTab)),
        new("environments", "Environments", Permission.SettingsRead, typeof(EnvironmentsTab)),
        new("detectors", "Detectors", Permission.DetectorsRead, typeof(DetectorsTab)),
        new("retention", "Retention", Permission.RetentionRead, typeof(RetentionTab)),
        new("sinks", "SIEM", Permission.SinksRead, typeof(SinksTab)),
    ];
}
