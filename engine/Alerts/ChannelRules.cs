using Interven.Contracts;
using Interven.Contracts.Alerts;
using Interven.Contracts.Errors;

namespace Interven.Engine.Alerts;

/// <summary>What an alert channel may be, and how the API names its parts.</summary>
public static class ChannelRules
{
    const int MostNames = 200, LongestName = 200, ShortestSecret = 16, LongestSecret = 200;

    static readonly (string Word, AlertEvents Event)[] EventWords =
    [
        ("REQUIRE_APPROVAL", AlertEvents.RequireApproval), ("DENY", AlertEvents.Deny), ("SANITIZE", AlertEvents.Sanitize), ("INCIDENT", AlertEvents.Incident),
    ];

    public static IReadOnlyList<string> WordsOf(AlertEvents events) => [.. EventWords.Where(one => (events & one.Event) != 0).Select(one => one.Word)];

    public static string WordOf(ChannelType type) => type.ToString().ToLowerInvariant();

    public static ChannelType? TypeOf(string? word) => Enum.GetValues<ChannelType>().Cast<ChannelType?>().FirstOrDefault(type => WordOf(type!.Value) == word);

    /// <summary>The channel as it would be, with every problem of the change. A change that has any must not be stored.</summary>
    /// <param name="spec">As it stands; for a new one, with its type only.</param>
    /// <param name="secrets">As they stand.</param>
    /// <param name="change">What is asked for.</param>
    /// <param name="urlProblem">What is wrong with a URL, or null.</param>
    public static (ChannelSpec Spec, ChannelSecrets Secrets, List<FieldError> Problems) Apply(
        ChannelSpec spec, ChannelSecrets secrets, PatchAlertRequest change, Func<string, string?> urlProblem)
    {
        var problems = new List<FieldError>();
        secrets = new(Kept(change.WebhookUrl, secrets.WebhookUrl), Kept(change.SigningSecret, secrets.SigningSecret), Kept(change.BotToken, secrets.BotToken));
        spec = spec with
        {
            Name = change.Name ?? spec.Name,
            Enabled = change.Enabled ?? spec.Enabled,
            Events = Events(change.Events, spec.Events, problems),
            MinRisk = change.MinRisk is null ? spec.MinRisk : change.MinRisk == "any" ? null : Band(change.MinRisk, "$.min_risk", "any, ", problems),
            Tools = Names(change.Tools, spec.Tools, "tools", problems),
            Agents = Names(change.Agents, spec.Agents, "agents", problems),
            EnvNames = Names(change.EnvNames, spec.EnvNames, "env_names", problems),
            Approvers = Approvers(change.Approvers, spec.Approvers, problems),
            AllowUnlinked = change.AllowUnlinked ?? spec.AllowUnlinked,
            MaxBand = change.MaxBand is null ? spec.MaxBand : Band(change.MaxBand, "$.max_band", "", problems) ?? spec.MaxBand,
            TeamId = Kept(change.TeamId, spec.TeamId),
            SlackChannel = Kept(change.SlackChannel, spec.SlackChannel),
            HasBotToken = secrets.BotToken is not null,
        };
        if (string.IsNullOrWhiteSpace(spec.Name) || spec.Name.Length > 100)
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
        Url(secrets.WebhookUrl, spec, urlProblem, problems);
        Secrets(spec, secrets, problems);
        SlackOnly(spec, change, problems);
        return (problems.Count > 0 ? spec : spec with { WebhookHost = secrets.WebhookUrl is { } url ? new Uri(url).IdnHost : null }, secrets, problems);
    }

    /// <summary>What people should know of a channel before they rely on it.</summary>
    public static IReadOnlyList<string> Warnings(ChannelSpec spec)
    {
        var warnings = new List<string>();
        if (spec.Type != ChannelType.Slack || (spec.Events & AlertEvents.RequireApproval) == 0)
            return warnings;
        if (spec.Approvers.Count == 0)
            warnings.Add("Anyone in this Slack channel may decide; list approvers to limit that.");
        if (spec.AllowUnlinked)
            warnings.Add("People without a console user may decide here; they are known by their Slack id only.");
        if (spec.TeamId is null)
            warnings.Add("No workspace is named; name team_id to refuse clicks from shared channels of other workspaces.");
        return warnings;
    }

    static string? Kept(string? change, string? was) => change is null ? was : change.Length == 0 ? null : change;

    static AlertEvents Events(IReadOnlyList<string>? words, AlertEvents was, List<FieldError> problems)
    {
        if (words is null)
            return was;
        var events = AlertEvents.None;
        for (var i = 0; i < words.Count; i++)
        {
            var known = EventWords.FirstOrDefault(one => one.Word == words[i]).Event;
            if (known == AlertEvents.None)
                problems.Add(new($"$.events[{i}]", "Unknown event; the events are REQUIRE_APPROVAL, DENY, SANITIZE, INCIDENT."));
            events |= known;
        }
        if (words.Count == 0)
            problems.Add(new("$.events", "At least one event is required."));
        return events;
    }

    static RiskBand? Band(string word, string path, string more, List<FieldError> problems)
    {
        if (Words.TryParseBand(word, out var band))
            return band;
        problems.Add(new(path, $"Must be {more}LOW, MEDIUM, HIGH or CRITICAL."));
        return null;
    }

    static IReadOnlyList<string> Names(IReadOnlyList<string>? names, IReadOnlyList<string> was, string field, List<FieldError> problems)
    {
        if (names is null)
            return was;
        if (names.Count > MostNames)
            problems.Add(new($"$.{field}", $"At most {MostNames} names."));
        for (var i = 0; i < Math.Min(names.Count, MostNames); i++)
            if (names[i] is not { Length: > 0 and <= LongestName })
                problems.Add(new($"$.{field}[{i}]", $"A name has 1 to {LongestName} characters."));
        return names;
    }

    static IReadOnlyList<AlertApprover> Approvers(IReadOnlyList<AlertApprover>? approvers, IReadOnlyList<AlertApprover> was, List<FieldError> problems)
    {
        if (approvers is null)
            return was;
        if (approvers.Count > MostNames)
            problems.Add(new("$.approvers", $"At most {MostNames} approvers."));
        for (var i = 0; i < Math.Min(approvers.Count, MostNames); i++)
        {
            if (approvers[i] is not { SlackUserId: { } id } || !IsSlackId(id))
                problems.Add(new($"$.approvers[{i}].slack_user_id", "A Slack member id is required, e.g. U024BE7LH."));
            else if (approvers.Take(i).Any(one => one?.SlackUserId == id))
                problems.Add(new($"$.approvers[{i}].slack_user_id", "The member is named twice."));
            if (approvers[i]?.Email is { } email && (email.Length > 254 || !email.Contains('@', StringComparison.Ordinal)))
                problems.Add(new($"$.approvers[{i}].email", "An e-mail address is required, or none."));
        }
        return approvers;
    }

    static void Url(string? url, ChannelSpec spec, Func<string, string?> urlProblem, List<FieldError> problems)
    {
        if (url is not null && urlProblem(url) is { } problem)
            problems.Add(new("$.webhook_url", problem));
        else if (url is null && !(spec.Type == ChannelType.Slack && spec.HasBotToken))
            problems.Add(new("$.webhook_url", "A webhook URL is required."));
    }

    static void Secrets(ChannelSpec spec, ChannelSecrets secrets, List<FieldError> problems)
    {
        var needed = spec.Type is ChannelType.Slack or ChannelType.Webhook;
        if (needed && secrets.SigningSecret is not { Length: >= ShortestSecret and <= LongestSecret })
            problems.Add(new("$.signing_secret", $"A signing secret of {ShortestSecret} to {LongestSecret} characters is required."));
        if (!needed && secrets.SigningSecret is not null)
            problems.Add(new("$.signing_secret", $"A {WordOf(spec.Type)} channel has no signing secret."));
        if (secrets.SigningSecret?.Any(c => c is <= ' ' or > '~') == true)
            problems.Add(new("$.signing_secret", "The signing secret must hold printable ASCII characters only."));
        if (secrets.BotToken is { } token && (token.Length > LongestSecret || token.Any(c => c is <= ' ' or > '~')))
            problems.Add(new("$.bot_token", $"A token has at most {LongestSecret} printable ASCII characters."));
        if (spec.HasBotToken && spec.SlackChannel is null)
            problems.Add(new("$.slack_channel", "With a bot token, the id of the Slack channel is required."));
    }

    static void SlackOnly(ChannelSpec spec, PatchAlertRequest change, List<FieldError> problems)
    {
        if (spec.TeamId is { } team && !IsSlackId(team))
            problems.Add(new("$.team_id", "A Slack workspace id is required, e.g. T024BE7LD."));
        if (spec.SlackChannel is { } channel && !IsSlackId(channel))
            problems.Add(new("$.slack_channel", "A Slack channel id is required, e.g. C024BE91L."));
        if (spec.Type == ChannelType.Slack)
            return;
        foreach (var (given, field) in ((bool, string)[])[(change.BotToken is not null, "bot_token"), (change.SlackChannel is not null, "slack_channel"), (change.TeamId is not null, "team_id"), (change.Approvers is not null, "approvers")])
            if (given)
                problems.Add(new("$." + field, "Only a slack channel has this."));
    }

    /// <summary>Upper-case letters and digits, as Slack's ids are.</summary>
    public static bool IsSlackId(string id) => id.Length is >= 2 and <= 40 && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
