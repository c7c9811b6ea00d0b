using Interven.Contracts.Incidents;

namespace Interven.Console.Incidents;

static class IncidentWords
{
    public static readonly (string Word, string Text)[] Resolutions =
    [
        ("false_positive", "False positive"), ("agent_misbehavior", "The agent misbehaved"), ("agent_compromised", "The agent is compromised"),
        ("policy_gap", "A gap in the policies"), ("infrastructure", "Infrastructure"),
    ];

    public static string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Investigating => "investigating",
        _ => "closed",
    };
}
