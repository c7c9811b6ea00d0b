namespace Interven.Silo.Slack;

/// <summary>Where Slack is (section <c>Interven:Slack</c>). Read and checked once, at start.</summary>
/// <param name="ResponseHosts">Hosts that a click's response URL may name.</param>
/// <param name="ApiUrl">Base of the Web API, with a slash at its end.</param>
public sealed record SlackOptions(IReadOnlyList<string> ResponseHosts, string ApiUrl)
{
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    public static SlackOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Interven:Slack");
        var hosts = section.GetSection("ResponseHosts").Get<string[]>() is { Length: > 0 } given ? given : ["hooks.slack.com", "hooks.slack-gov.com"];
        var api = section["ApiUrl"] is { Length: > 0 } url ? url : "https://slack.com/api/";
        if (!Uri.TryCreate(api, UriKind.Absolute, out _) || !api.EndsWith('/'))
            throw new InvalidOperationException("Interven:Slack:ApiUrl must be an absolute URL with a slash at its end.");
        return new(hosts, api);
    }

    public bool MayRespondTo(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && ResponseHosts.Contains(parsed.IdnHost, StringComparer.OrdinalIgnoreCase);
}
