using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>A message in a channel, as it looks now.</summary>
public sealed class Posted
{
    /// <summary>Its place, unique in the workspace.</summary>
    public required string Ts { get; init; }

    /// <summary>The webhook that posted it, or the channel of the bot.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Text and blocks.</summary>
    public JsonElement Message { get; set; }

    /// <summary>How often it was replaced.</summary>
    public int Replaced { get; set; }

    public bool Deleted { get; set; }

    /// <summary>Words that only the one who clicked sees: user and text.</summary>
    public List<Ephemeral> Ephemerals { get; } = [];

    public IEnumerable<JsonElement> Blocks => Message.TryGetProperty("blocks", out var blocks) ? blocks.EnumerateArray() : [];

    /// <summary>Text of the header block; empty without one.</summary>
    public string Header => Blocks.Where(block => block.GetProperty("type").GetString() == "header").Select(block => block.GetProperty("text").GetProperty("text").GetString()!).FirstOrDefault() ?? "";

    /// <summary>Every button's action and value.</summary>
    public IReadOnlyList<(string Action, string? Value, string? Url)> Buttons =>
    [
        .. Blocks.Where(block => block.GetProperty("type").GetString() == "actions").SelectMany(block => block.GetProperty("elements").EnumerateArray())
            .Select(button => (button.GetProperty("action_id").GetString()!, Text(button, "value"), Text(button, "url"))),
    ];

    public string? ValueOf(string action) => Buttons.FirstOrDefault(button => button.Action == action).Value;

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

public sealed record Ephemeral(string User, string Text, DateTimeOffset At);

/// <summary>What the app answered to a click.</summary>
/// <param name="Status">HTTP status; 0 where there was no answer.</param>
/// <param name="Took">Until the answer.</param>
/// <param name="Text">The answer's body.</param>
public sealed record ClickResult(int Status, TimeSpan Took, string Text)
{
    /// <summary>Slack shows a warning to whoever clicked unless 200 comes within three seconds.</summary>
    public bool IsAcknowledged => Status == 200 && Took < TimeSpan.FromSeconds(3);
}
