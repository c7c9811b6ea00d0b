using Interven.Contracts.Errors;
using Interven.Contracts.Sinks;
using Interven.Grains.Ports;

namespace Interven.Grains.Sinks;

/// <summary>What a sink may be.</summary>
sealed class SinkRules(IEgressUrls urls)
{
    public const int MostPerTenant = 20;
    const int MostToken = 500, MostName = 100;
    static readonly string[] Types = ["hec", "datadog", "webhook"];
    static readonly string[] Formats = ["json", "ndjson", "ocsf", "cef"];

    public List<FieldError> Check(CreateSinkRequest request)
    {
        var problems = new List<FieldError>();
        if (!Types.Contains(request.Type))
            problems.Add(new("$.type", "`type` must be hec, datadog or webhook."));
        if (urls.Check(request.Url) is { } problem)
            problems.Add(new("$.url", problem));
        CheckToken(request.Token, problems);
        if (request.Name is { Length: 0 or > MostName })
            problems.Add(new("$.name", $"A name has 1 to {MostName} characters."));
        if (request.Format is { } format && (request.Type != "webhook" || !Formats.Contains(format)))
            problems.Add(new("$.format", "`format` is for webhooks, and must be json, ndjson, ocsf or cef."));
        CheckEvents(request.Events, problems);
        return problems;
    }

    public List<FieldError> Check(PatchSinkRequest request)
    {
        var problems = new List<FieldError>();
        if (request.Url is not null && urls.Check(request.Url) is { } problem)
            problems.Add(new("$.url", problem));
        if (request.Token is not null)
            CheckToken(request.Token, problems);
        CheckEvents(request.Events, problems);
        return problems;
    }

    /// <summary>The export format that a sink gets.</summary>
    public static string FormatOf(CreateSinkRequest request) => request.Type switch { "hec" => "splunk", "datadog" => "datadog", _ => request.Format ?? "json" };

    static void CheckToken(string? token, List<FieldError> problems)
    {
        if (string.IsNullOrWhiteSpace(token) || token.Length > MostToken || token.Any(c => c is < '!' or > '~'))
            problems.Add(new("$.token", $"A token of 1 to {MostToken} printable ASCII characters is required."));
    }

    static void CheckEvents(IReadOnlyList<string>? events, List<FieldError> problems)
    {
        if (events?.All(one => Words.TryParseDecision(one, out _)) == false)
            problems.Add(new("$.events", "Each event must be ALLOW, SANITIZE, REQUIRE_APPROVAL or DENY."));
    }
}
