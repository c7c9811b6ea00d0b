using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts;
using Interven.Contracts.Alerts;

namespace Interven.Engine.Alerts;

/// <summary>What a channel is called and where it goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelType>))]
public enum ChannelType
{
    [JsonStringEnumMemberName("slack")] Slack,
    [JsonStringEnumMemberName("webhook")] Webhook,
    [JsonStringEnumMemberName("teams")] Teams,
    [JsonStringEnumMemberName("discord")] Discord,
}

/// <summary>What a channel can be told of.</summary>
[Flags, JsonConverter(typeof(JsonNumberEnumConverter<AlertEvents>))]
public enum AlertEvents
{
    None = 0,
    RequireApproval = 1,
    Deny = 2,
    Sanitize = 4,
    Incident = 8,
    Usual = RequireApproval | Deny | Incident,
}

/// <summary>An alert channel as it is stored: everything but its secrets.</summary>
public sealed record ChannelSpec
{
    public required ChannelType Type { get; init; }
    public required string Name { get; init; }
    public bool Enabled { get; init; } = true;
    public AlertEvents Events { get; init; } = AlertEvents.Usual;

    /// <summary>Least band of what is no approval; null for any.</summary>
    public RiskBand? MinRisk { get; init; }

    /// <summary>Empty for all, as in the next two.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public IReadOnlyList<string> Agents { get; init; } = [];
    public IReadOnlyList<string> EnvNames { get; init; } = [];

    /// <summary>Empty for anyone in the channel.</summary>
    public IReadOnlyList<AlertApprover> Approvers { get; init; } = [];

    public bool AllowUnlinked { get; init; } = true;
    public RiskBand MaxBand { get; init; } = RiskBand.High;
    public string? TeamId { get; init; }
    public string? SlackChannel { get; init; }
    public bool HasBotToken { get; init; }
    public string? WebhookHost { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, AlertJson.Default.ChannelSpec);

    public static ChannelSpec Read(string json) =>
        JsonSerializer.Deserialize(json, AlertJson.Default.ChannelSpec) ?? throw new JsonException("A stored channel cannot be read.");

    /// <summary>Whether the channel is told of this.</summary>
    public bool Wants(AlertTopic topic) => Enabled && (Events & topic.Event) != 0
        && (topic.Event == AlertEvents.RequireApproval || MinRisk is not { } least || topic.Band >= least)
        && Covers(Tools, topic.Tool, topic) && Covers(Agents, topic.Agent, topic) && Covers(EnvNames, topic.Env, topic);

    /// <summary>What is not known of an incident keeps it from nobody.</summary>
    static bool Covers(IReadOnlyList<string> only, string name, AlertTopic topic) =>
        only.Count == 0 || only.Contains(name, StringComparer.Ordinal) || name.Length == 0 && topic.Event == AlertEvents.Incident;
}

/// <summary>What a channel keeps secret.</summary>
public sealed record ChannelSecrets(string? WebhookUrl, string? SigningSecret, string? BotToken)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Default.ChannelSecrets);

    public static ChannelSecrets Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, AlertJson.Default.ChannelSecrets) ?? throw new JsonException("A channel's secrets cannot be read.");

    /// <summary>A record would print its members.</summary>
    public override string ToString() => nameof(ChannelSecrets);
}

/// <summary>What an alert is about, as far as channels choose by it.</summary>
public readonly record struct AlertTopic(AlertEvents Event, RiskBand Band, string Tool, string Agent, string Env);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChannelSpec))]
[JsonSerializable(typeof(ChannelSecrets))]
sealed partial class AlertJson : JsonSerializerContext;
