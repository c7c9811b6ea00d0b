using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Interven.Silo.Slack;

/// <summary>Requests to the interactivity URL, by what became of them. Causes are words of a fixed list.</summary>
sealed class SlackMetrics
{
    readonly Counter<long> clicks;

    public SlackMetrics(IMeterFactory meters) =>
        clicks = meters.Create("Interven").CreateCounter<long>("interven.slack.clicks", description: "Requests to Slack's interactivity URL, by what became of them.");

    public void Took() => Count("taken");

    public void Replayed() => Count("replayed");

    /// <summary>Answered 401.</summary>
    public void Refused(string cause) => Count("refused: " + cause);

    void Count(string outcome) => clicks.Add(1, new TagList { { "outcome", outcome } });
}
