using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Interven.FakeSlack;

/// <summary>
/// A Slack workspace that is none: incoming webhooks, the two methods of a bot, response URLs and clicks, with Slack's own limits. For tests, and
/// for a look at the cards without a workspace.
/// </summary>
public sealed class Workspace : IAsyncDisposable
{
    const int ResponsePosts = 5;
    static readonly TimeSpan ResponseLife = TimeSpan.FromMinutes(30);

    readonly WebApplication app;
    readonly List<Posted> messages = [];
    readonly ConcurrentDictionary<string, ResponseUrl> responses = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> refusals = new();
    long number;

    Workspace(WorkspaceOptions options)
    {
        Options = options;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Url);
        app = builder.Build();
        Endpoints.Map(app, this);
    }

    public WorkspaceOptions Options { get; }
    public Faults Faults { get; } = new();
    public string Url => app.Urls.First();

    /// <summary>What was refused and why: a sender of well-formed messages at a decent pace leaves it empty.</summary>
    public IReadOnlyCollection<string> Refusals => refusals;

    /// <summary>Times at which a webhook took a message.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>> Accepted { get; } = new(StringComparer.Ordinal);

    public static async Task<Workspace> Start(WorkspaceOptions? options = null)
    {
        var workspace = new Workspace(options ?? new());
        await workspace.app.StartAsync();
        return workspace;
    }

    /// <summary>The URL of an incoming webhook; any name will do.</summary>
    public string Webhook(string name = "B0RISK") => $"{Url}/services/{Options.Team}/{name}/fake-webhook-token";

    public IReadOnlyList<Posted> Messages
    {
        get
        {
            lock (messages)
                return [.. messages.Where(message => !message.Deleted)];
        }
    }

    /// <summary>A signed click on a card's button.</summary>
    public Task<ClickResult> Click(Posted message, string action, string user = "U0ADA", string? userTeam = null)
    {
        var value = message.ValueOf(action) ?? throw new InvalidOperationException($"The card has no button `{action}`.");
        var body = Clicks.Body(Clicks.Payload(Options.Team, user, action, value, NewResponseUrl(message, user), message.Ts, userTeam: userTeam));
        return Post(body);
    }

    /// <summary>Signs a body as of now and posts it to the app.</summary>
    public Task<ClickResult> Post(byte[] body)
    {
        var timestamp = Options.Clock.GetUtcNow().ToUnixTimeSeconds();
        return Clicks.Send(Options.InteractionsUrl, body, null,
            ("X-Slack-Request-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture)), ("X-Slack-Signature", Clicks.Sign(Options.SigningSecret, timestamp, body)));
    }

    /// <summary>Where the answer to a click may be posted.</summary>
    public string NewResponseUrl(Posted message, string user)
    {
        var id = $"{Interlocked.Increment(ref number)}-{Guid.CreateVersion7():N}";
        responses[id] = new(message, user, Options.Clock.GetUtcNow());
        return $"{Url}/actions/{Options.Team}/{id}";
    }

    /// <summary>How often a response URL was used, by any post.</summary>
    public int MostPostsToOneResponseUrl => responses.Values.Select(one => one.Posts).DefaultIfEmpty(0).Max();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Null: taken. Else the error, and seconds to wait.</summary>
    internal (string Error, int? RetryAfter)? TakeWebhook(string place, JsonElement message)
    {
        if (!buckets.GetOrAdd(place, _ => new()).Take(Options.Clock.GetUtcNow()))
            return Refuse(place, "rate_limited", "more than one a second", 1);
        if (MessageCheck.Problem(message) is { } problem)
            return Refuse(place, problem.Error, problem.Where);
        Accepted.GetOrAdd(place, _ => new()).Enqueue(Options.Clock.GetUtcNow());
        Add(place, message);
        return null;
    }

    internal Posted Add(string place, JsonElement message)
    {
        var now = Options.Clock.GetUtcNow();
        var posted = new Posted { Ts = $"{now.ToUnixTimeSeconds()}.{Interlocked.Increment(ref number):000000}", Place = place, At = now, Message = message };
        lock (messages)
            messages.Add(posted);
        return posted;
    }

    /// <summary>Null where Slack would say ok.</summary>
    internal string? TakeResponse(string id, JsonElement message)
    {
        if (!responses.TryGetValue(id, out var response))
            return "invalid_url";
        if (Options.Clock.GetUtcNow() - response.At > ResponseLife)
            return "expired_url";
        if (response.Count() > ResponsePosts)
            return "used_url";
        var deletes = Is(message, "delete_original");
        if (!deletes && MessageCheck.Problem(message) is { } problem)
            return Refuse("response", problem.Error, problem.Where).Error;
        if (deletes)
            response.Message.Deleted = true;
        else if (Is(message, "replace_original"))
            Replace(response.Message, message);
        else if (message.TryGetProperty("response_type", out var type) && type.GetString() == "in_channel")
            Add(response.Message.Place, message);
        else
            lock (messages)
                response.Message.Ephemerals.Add(new(response.User, message.GetProperty("text").GetString()!, Options.Clock.GetUtcNow()));
        return null;
    }

    internal void Replace(Posted posted, JsonElement message)
    {
        lock (messages)
        {
            posted.Message = message;
            posted.Replaced++;
        }
    }

    internal (string Error, int? RetryAfter) Refuse(string place, string error, string where, int? retryAfter = null)
    {
        refusals.Enqueue($"{place}: {error} ({where})");
        return (error, retryAfter);
    }

    static bool Is(JsonElement message, string name) => message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    sealed class ResponseUrl(Posted message, string user, DateTimeOffset at)
    {
        int posts;
        public Posted Message => message;
        public string User => user;
        public DateTimeOffset At => at;
        public int Posts => posts;

        public int Count() => Interlocked.Increment(ref posts);
    }

    /// <summary>One a second, and short bursts.</summary>
    sealed class Bucket
    {
        const double Burst = 2;
        readonly Lock gate = new();
        double tokens = Burst;
        DateTimeOffset last = DateTimeOffset.MinValue;

        public bool Take(DateTimeOffset now)
        {
            lock (gate)
            {
                tokens = Math.Min(Burst, tokens + Math.Min(Burst, (now - last).TotalSeconds));
                last = now;
                if (tokens < 1)
                    return false;
                tokens--;
                return true;
            }
        }
    }
}
