namespace Interven.FakeSlack;

/// <summary>A workspace with one app.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The app's signing secret.</summary>
    public string SigningSecret { get; init; } = "fake-slack-signing-secret";

    /// <summary>Where clicks are posted.</summary>
    public string InteractionsUrl { get; set; } = "";

    /// <summary>The bot's token.</summary>
    public string BotToken { get; init; } = "fake-slack-bot-token";

    public string Team { get; init; } = "T0FAKE";

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
