using System.Text.Json;

namespace Interven.Engine.Alerts.Slack;

/// <summary>A click as Slack tells of it: of the payload only what is needed.</summary>
/// <param name="ActionId">Which button: one of the three.</param>
/// <param name="Value">What it carries.</param>
/// <param name="Who">Who clicked.</param>
/// <param name="ResponseUrl">Where an answer may be posted; a secret.</param>
public sealed record Interaction(string ActionId, ButtonValue Value, Clicker Who, string? ResponseUrl)
{
    const int LongestUrl = 3000;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>
    /// Before the signature: which channel's secret to try. A bounded look that trusts nothing; whatever it finds is proved by the signature, or is
    /// nothing.
    /// </summary>
    public static Guid? ChannelOf(ReadOnlySpan<byte> form)
    {
        try
        {
            if (FormPayload.Of(form) is not { } payload)
                return null;
            var json = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 64 });
            var inActions = false;
            while (json.Read())
                if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                    inActions = json.ValueTextEquals("actions"u8);
                else if (inActions && json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 3 } && json.ValueTextEquals("value"u8))
                    return json.Read() && json.TokenType == JsonTokenType.String && ButtonValue.TryRead(json.GetString(), out var value) ? value.Channel : null;
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>After the signature: strictly; null for anything but one click on one of our buttons.</summary>
    public static Interaction? Read(ReadOnlySpan<byte> form)
    {
        try
        {
            if (FormPayload.Of(form) is not { } payload)
                return null;
            using var json = JsonDocument.Parse(payload, Strict);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    static Interaction? Read(JsonElement root)
    {
        if (root.GetProperty("type").GetString() != "block_actions" || root.GetProperty("actions") is not { ValueKind: JsonValueKind.Array } actions || actions.GetArrayLength() != 1)
            return null;
        var action = actions[0];
        var id = action.GetProperty("action_id").GetString();
        if (action.GetProperty("type").GetString() != "button" || id is not (SlackCard.Approve or SlackCard.Deny or SlackCard.Console)
            || !ButtonValue.TryRead(action.GetProperty("value").GetString(), out var value))
            return null;
        var team = root.GetProperty("team").GetProperty("id").GetString();
        var user = root.GetProperty("user");
        var userTeam = user.TryGetProperty("team_id", out var own) ? own.GetString() : team;
        if (user.GetProperty("id").GetString() is not { } userId || !ChannelRules.IsSlackId(userId) || team is null || !ChannelRules.IsSlackId(team) || userTeam is null || !ChannelRules.IsSlackId(userTeam))
            return null;
        var url = root.TryGetProperty("response_url", out var response) ? response.GetString() : null;
        return new(id, value, new(userId, team, userTeam), url is { Length: <= LongestUrl } ? url : null);
    }
}

/// <summary>Who clicked: ids are unique within their workspace only.</summary>
/// <param name="User">Member id.</param>
/// <param name="Team">The workspace of the channel.</param>
/// <param name="UserTeam">The member's own workspace: another one in a shared channel.</param>
public sealed record Clicker(string User, string Team, string UserTeam)
{
    /// <summary>As an actor's id.</summary>
    public string Id => $"{UserTeam}/{User}";
}
