using Interven.Contracts;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;

namespace Interven.Engine.Risk;

/// <summary>Destination, links and addresses against the feeds.</summary>
static class ThreatEngine
{
    /// <summary>Without feeds the engine has nothing to say, and its silence is not averaged in.</summary>
    public static Assessment Judge(ToolCall call, ScanText text, IReadOnlyList<ThreatIndex> indexes)
    {
        var active = false;
        (string Feed, string What)? mention = null;
        foreach (var index in indexes)
        {
            if (index.Count == 0)
                continue;
            active = true;
            if (index.FindHost(call.Host) is { } listed)
                return Hit(listed, "host", "destination");
            if (ThreatUrl.TryRead(call.Url, out var url) && index.FindUrl(url) is { } page)
                return Hit(page, "url", "destination");
            for (var segment = 0; segment < text.Segments.Length; segment++)
            {
                if (index.HasPlaces && ThreatText.Find(text.TextOf(segment), index) is { } found)
                    return Hit(found.Feed, found.What, "text");
                if (mention is null && index.HasVulnerabilities && ThreatText.FindVulnerability(text.TextOf(segment), index) is { } feed)
                    mention = (feed, "vulnerability");
            }
        }
        if (mention is not { } spoken)
            return Assessment.Quiet(Signal.ThreatIntel, active);
        return new(new(Signal.ThreatIntel, RiskTable.Current.MentionedVulnerability, [new("feed", spoken.Feed), new("what", spoken.What)]), true, 0, []);
    }

    static Assessment Hit(string feed, string what, string where) => new(
        new(Signal.ThreatIntel, RiskTable.Current.ListedThreat, [new("feed", feed), new("what", what), new("where", where)]),
        true, RiskTable.Current.Floors.ThreatIntel, [ReasonCodes.ThreatIntelMatch]);
}
