using System.Globalization;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Errors;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;

namespace Interven.ApiFrontend.Evidence;

/// <summary>Reads the parameters of a list or an export, and names every one that is wrong.</summary>
sealed class QueryReader(IQueryCollection query)
{
    const int DefaultLimit = 50, MostLimit = 500, MostText = 200;

    static readonly (string Word, TimeSpan Length)[] Windows =
    [
        ("15m", TimeSpan.FromMinutes(15)), ("1h", TimeSpan.FromHours(1)), ("24h", TimeSpan.FromDays(1)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30)),
    ];

    readonly List<FieldError> errors = [];

    public Refusal? Refusal => errors.Count == 0 ? null : new(400, ReasonCodes.InvalidRequest, errors[0].Message, errors);

    public DecisionQuery Decisions()
    {
        var (since, until) = Times();
        if (Window() is { } window && since is null)
            since = TimeProvider.System.GetUtcNow() - window;
        return new()
        {
            Since = since,
            Until = until,
            Agent = Text("agent"),
            Tool = Text("tool"),
            Operation = Text("operation"),
            Decisions = Words("decision", "ALLOW, SANITIZE, REQUIRE_APPROVAL or DENY", (string word, out Decision one) => Contracts.Words.TryParseDecision(word, out one)),
            Bands = Words("band", "LOW, MEDIUM, HIGH or CRITICAL", (string word, out RiskBand one) => Contracts.Words.TryParseBand(word, out one)),
            Classes = Words("class", "SECRETS, PII, PCI, PHI or INTERNAL", (string word, out DataClasses one) => Contracts.Words.TryParseDataClass(word, out one))
                .Aggregate(DataClasses.None, (all, one) => all | one),
            Environment = Text("environment"),
            Key = Text("key"),
            Approval = Id("approval"),
            Policy = Id("policy"),
            Text = Text("text"),
        };
    }

    public AuditQuery Audit()
    {
        var (since, until) = Times();
        return new() { Since = since, Until = until, Actor = Text("actor"), Action = Text("action"), Target = Text("target"), Result = Text("result") };
    }

    /// <summary>RFC 3339; a bare date is its midnight, UTC.</summary>
    public (DateTimeOffset? Since, DateTimeOffset? Until) Times()
    {
        var (since, until) = (Time("since"), Time("until"));
        if (since >= until)
            Wrong("until", "`until` must be later than `since`.");
        return (since, until);
    }

    public TimeSpan? Window()
    {
        if (Text("window") is not { } word)
            return null;
        foreach (var (known, length) in Windows)
            if (known == word)
                return length;
        Wrong("window", "`window` must be 15m, 1h, 24h, 7d or 30d.");
        return null;
    }

    public int Limit()
    {
        if (Text("limit") is not { } text)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostLimit)
            return limit;
        Wrong("limit", $"`limit` must be a whole number from 1 to {MostLimit}.");
        return DefaultLimit;
    }

    /// <summary>Null where it is absent or empty.</summary>
    public string? Text(string name)
    {
        var text = query[name].ToString();
        if (text.Length <= MostText)
            return text.Length == 0 ? null : text;
        Wrong(name, $"`{name}` has at most {MostText} characters.");
        return null;
    }

    public void Wrong(string name, string message)
    {
        if (errors.TrueForAll(error => error.Path != name))
            errors.Add(new(name, message));
    }

    Guid? Id(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Guid.TryParse(text, out var id))
            return id;
        Wrong(name, $"`{name}` must be an id.");
        return null;
    }

    DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && char.IsAsciiDigit(text[0]))
            return time;
        Wrong(name, $"`{name}` must be a time such as 2026-11-22T09:30:00Z, or a date.");
        return null;
    }

    List<T> Words<T>(string name, string known, TryParse<T> parse)
    {
        List<T> found = [];
        foreach (var word in (Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (parse(word.ToUpperInvariant(), out var one))
                found.Add(one);
            else
                Wrong(name, $"`{name}` must be {known}, or several of them with commas between.");
        return found;
    }

    delegate bool TryParse<T>(string word, out T value);
}

static class DecisionFilterDocs
{
    public static IEndpointConventionBuilder TakesDecisionFilters(this IEndpointConventionBuilder endpoint) => endpoint
        .TakesQuery("since", "First moment, RFC 3339 or a date.").TakesQuery("until", "First moment that is not shown any more.")
        .TakesQuery("window", "15m, 1h, 24h, 7d or 30d back from now, instead of `since`.")
        .TakesQuery("agent", "An agent's id.").TakesQuery("tool", "A tool's name.").TakesQuery("operation", "An operation's name.")
        .TakesQuery("decision", "ALLOW, SANITIZE, REQUIRE_APPROVAL, DENY; several with commas between.")
        .TakesQuery("band", "LOW, MEDIUM, HIGH, CRITICAL; several with commas between.")
        .TakesQuery("class", "SECRETS, PII, PCI, PHI, INTERNAL; several with commas between.")
        .TakesQuery("environment", "An environment's name.").TakesQuery("key", "A key's id.").TakesQuery("approval", "An approval's id.")
        .TakesQuery("policy", "The id of the policy whose rule decided.")
        .TakesQuery("text", "Words, each of which is part of the agent's id or name, the tool, the operation, the rule id or a reason code; or a trace id. Bodies are not searched.");
}
