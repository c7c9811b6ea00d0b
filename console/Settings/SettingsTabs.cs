using Interven.Contracts.Access;

namespace Interven.Console.Settings;

/// <summary>One part of the settings.</summary>
/// <param name="Says">What it is for, in one sentence.</param>
sealed record SettingsPart(string Name, string Text, string Says, Permission Needs, Type Shows);

/// <summary>The parts of the settings, in the order of their list.</summary>
static class SettingsTabs
{
    public static IReadOnlyList<SettingsPart> All { get; } =
    [
        new("general", "General", "Windows, defaults and thresholds. They count on every silo as soon as they are saved.", Permission.SettingsRead, typeof(GeneralTab)),
        new("incidents", "Incidents", "What opens an incident by itself.", Permission.SettingsRead, typeof(IncidentsTab)),
        new("team", "Team", "People, and what each may do.", Permission.TeamRead, typeof(TeamTab)),
        new("groups", "Approver groups", "A rule that names a group lets only its members approve.", Permission.ApproverGroupsRead, typeof(GroupsTab)),
        new("sso", "Single sign-on", "People of your identity provider sign in without a password of ours.", Permission.SsoRead, typeof(SsoTab)),
        new("machines", "Service accounts", "Tokens for SIEM jobs and scripts. Auditor is enough for exports.", Permission.TeamRead, typeof(MachinesTab)),
        new("environments", "Environments", "Named scopes that keys, policies and routes may be bound to.", Permission.SettingsRead, typeof(EnvironmentsTab)),
        new("detectors", "Detectors", "What only your company writes, beside the built-in detectors.", Permission.DetectorsRead, typeof(DetectorsTab)),
        new("threat-lists", "Threat lists", "Places that count as threats: what calls them, or carries a link there, is at critical risk.", Permission.ThreatListsRead, typeof(ThreatListsTab)),
        new("retention", "Retention and erasure", "How long records are kept, what is held whatever its age, and the right to be forgotten.", Permission.RetentionRead, typeof(RetentionTab)),
        new("sinks", "SIEM", "Records are pushed as they are committed, at least once, and wait while the receiver is down.", Permission.SinksRead, typeof(SinksTab)),
    ];
}
