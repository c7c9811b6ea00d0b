using System.Text.Json.Nodes;

namespace Interven.Engine.Alerts;

/// <summary>An alert as a Discord webhook takes it: one-way, with a link to the console. Text from outside stands in code spans, where nothing is parsed.</summary>
public static class DiscordMessage
{
    const int LongestText = 500, MostFields = 20;

    public static byte[] Of(Alert alert)
    {
        var fields = new JsonArray();
        foreach (var (label, text) in AlertWords.Facts(alert).Take(MostFields))
            fields.Add(new JsonObject { ["name"] = label.Length > 0 ? label : "What", ["value"] = Code(text) });
        var message = new JsonObject
        {
            ["embeds"] = new JsonArray(new JsonObject { ["title"] = AlertWords.Title(alert), ["url"] = alert.Link, ["fields"] = fields }),
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
        return System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
    }

    static string Code(string text) => $"`{ShownText.Of(text.Length > 0 ? text : "none", LongestText).Text.Replace('`', '\'')}`";
}
