using System.Text.Json.Nodes;

namespace Interven.Engine.Alerts;

/// <summary>An alert as a Teams webhook takes it: an adaptive card, one-way, with a link to the console. Text runs know no markup.</summary>
public static class TeamsCard
{
    const int LongestText = 1000;

    public static byte[] Of(Alert alert)
    {
        var body = new JsonArray();
        body.Add(Line(AlertWords.Title(alert), bold: true));
        foreach (var (label, text) in AlertWords.Facts(alert))
            body.Add(Line(label.Length > 0 ? $"{label}: {text}" : text));
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open in console", ["url"] = alert.Link }),
        };
        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        };
        return System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
    }

    static JsonObject Line(string text, bool bold = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = ShownText.Of(text, LongestText).Text };
        if (bold)
            run["weight"] = "Bolder";
        return new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }
}
