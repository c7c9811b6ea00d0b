using System.Text;

namespace Interven.Engine.Alerts.Slack;

/// <summary>Slack's limits, and its one way of escaping. One element over a limit, and the whole message is refused.</summary>
public static class SlackLimits
{
    public const int Blocks = 50, Header = 150, Section = 3000, Fields = 10, Field = 2000, ContextElements = 10, ButtonText = 75, Value = 2000, Url = 3000,
        ActionId = 255, ConfirmTitle = 100, ConfirmText = 300, ConfirmButton = 30;

    /// <summary>Clean, escaped and within a limit that counts the escapes.</summary>
    public static ShownText Shown(string? text, int limit, bool keepLines = false)
    {
        var clean = ShownText.Of(text, limit, keepLines);
        var escaped = Escape(clean.Text);
        if (escaped.Length <= limit)
            return new(escaped, clean.IsExact);
        // Too long by its escapes only: cut the clean text until it fits.
        var most = limit;
        while (escaped.Length > limit && most > 1)
        {
            most -= Math.Max(1, (escaped.Length - limit) / 5);
            escaped = Escape(ShownText.Cut(clean.Text, Math.Max(1, most)));
        }
        return new(escaped, false);
    }

    /// <summary>As <see cref="Shown"/>, but never empty: Slack refuses a text without any.</summary>
    public static string Line(string? text, int limit) => Shown(text, limit).Text is { Length: > 0 } shown ? shown : "(nothing that can be shown)";

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny('&', '<', '>'))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            escaped.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => c.ToString() });
        return escaped.ToString();
    }
}
