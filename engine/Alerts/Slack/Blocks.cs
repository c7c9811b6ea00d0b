using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interven.Engine.Alerts.Slack;

/// <summary>A message to Slack. Types and members are called as SlackNet calls them.</summary>
public sealed record Message
{
    /// <summary>What notifications show. Slack parses it, so it never holds anything from outside.</summary>
    public required string Text { get; init; }

    /// <summary>Null for text alone: Slack refuses an empty list.</summary>
    public IReadOnlyList<Block>? Blocks { get; init; }
    public string? Channel { get; init; }
    public string? Ts { get; init; }
    public bool? ReplaceOriginal { get; init; }
    public string? ResponseType { get; init; }
    public bool UnfurlLinks { get; init; }
    public bool UnfurlMedia { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SlackJson.Default.Message);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
public abstract record Block;

public sealed record HeaderBlock(PlainText Text) : Block;

public sealed record SectionBlock(TextObject? Text = null, IReadOnlyList<TextObject>? Fields = null) : Block;

public sealed record ContextBlock(IReadOnlyList<TextObject> Elements) : Block;

public sealed record ActionsBlock(string BlockId, IReadOnlyList<Button> Elements) : Block;

public sealed record DividerBlock : Block;

/// <summary>A text with everything that either kind has, so that it is written alike wherever it stands.</summary>
public abstract record TextObject(string Type, string Text)
{
    public bool? Emoji { get; protected init; }
    public bool? Verbatim { get; protected init; }
}

/// <summary>Shown as it is: no mention, no link, no format.</summary>
public sealed record PlainText : TextObject
{
    public PlainText(string text) : base("plain_text", text) => Emoji = false;
}

/// <summary>Parsed by Slack: our own words only.</summary>
public sealed record Markdown : TextObject
{
    public Markdown(string text) : base("mrkdwn", text) => Verbatim = true;
}

public sealed record Button(PlainText Text, string ActionId)
{
    public string Type { get; } = "button";
    public string? Value { get; init; }
    public string? Url { get; init; }
    public string? Style { get; init; }
    public ConfirmationDialog? Confirm { get; init; }
}

public sealed record ConfirmationDialog(PlainText Title, TextObject Text, PlainText Confirm, PlainText Deny);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Message))]
sealed partial class SlackJson : JsonSerializerContext;
