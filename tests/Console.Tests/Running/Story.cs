using System.Text.Json;
using System.Text.RegularExpressions;
using Interven.Api.Tests.Running;
using Interven.Storage.Tests.Harness;

namespace Interven.Console.Tests.Running;

/// <summary>What happened at the bank before anybody looks, as <c>bank.json</c> tells it: each page has something to show, and secrets were entered wherever they can be.</summary>
static partial class Story
{
    static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Running/bank.json"));

    /// <summary>What no page may show and no answer carry.</summary>
    public static IReadOnlyList<string> Secrets { get; } = [.. Planted().Matches(Text).Select(match => match.Value).Distinct(), "16C7e42F292c6912E7710c838347Ae178B4", "5555 5555 5555 4444"];

    /// <summary>Ids of what was made, by the names that the story gives them.</summary>
    public static async Task<Dictionary<string, string>> Play(Product product, Caller admin, Caller agent)
    {
        var kept = new Dictionary<string, string>();
        foreach (var step in JsonDocument.Parse(Text).RootElement.EnumerateArray())
            for (var n = 0; n < (step.TryGetProperty("times", out var times) ? times.GetInt32() : 1); n++)
            {
                string Filled(string text) => Name().Replace(text.Replace("{n}", n.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), name => kept.GetValueOrDefault(name.Groups[1].Value, name.Value));
                var (method, path) = (step.TryGetProperty("to", out var to) ? to.GetString()! : "POST /v1/scan").Split(' ') is [var verb, var place] ? (new HttpMethod(verb), Filled(place)) : throw new InvalidOperationException("to");
                var body = step.TryGetProperty("body", out var given) ? Filled(given.GetRawText()) : null;
                var who = step.GetProperty("as").GetString() == "agent" ? agent : admin;
                var answer = step.TryGetProperty("soon", out _) ? await Soon(() => who.Send(method, path, body)) : await who.Send(method, path, body);
                Assert.True(answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Status} {answer.Text}");
                if (step.TryGetProperty("keep", out var name))
                    kept[name.GetString()!] = Id(answer.Json, step.GetProperty("as").GetString() == "agent");
            }
        return kept;
    }

    /// <summary>What is written a moment after the call that causes it.</summary>
    static async Task<Answer> Soon(Func<Task<Answer>> ask)
    {
        Answer? answer = null;
        await Eventually.Is(async () => (answer = await ask()).Status != 404, "it is there");
        return answer!;
    }

    /// <summary>Of a call the approval that it waits for, or its trace.</summary>
    static string Id(JsonElement json, bool isCall)
    {
        foreach (var name in (string[])(isCall ? ["approval_id", "trace_id"] : ["policy_id", "key_id", "credential_id", "id"]))
            if (json.TryGetProperty(name, out var id) && id.GetString() is { } text)
                return text;
        throw new InvalidOperationException(json.GetRawText());
    }

    [GeneratedRegex("planted[a-z0-9-]+")]
    private static partial Regex Planted();

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Name();
}
