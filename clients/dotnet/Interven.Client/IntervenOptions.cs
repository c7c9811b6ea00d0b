namespace Interven.Client;

/// <summary>Which gateway, as whom, and what happens where it does not answer.</summary>
public sealed record IntervenOptions
{
    /// <summary><c>iv_live_…</c> or <c>iv_eph_…</c>; default: environment variable <c>INTERVEN_API_KEY</c>.</summary>
    public string ApiKey { get; init; } = Environment.GetEnvironmentVariable("INTERVEN_API_KEY") ?? "";

    /// <summary>Default: <c>INTERVEN_GATEWAY_URL</c>, else <c>http://127.0.0.1:8080</c>.</summary>
    public Uri GatewayUrl { get; init; } = new(Environment.GetEnvironmentVariable("INTERVEN_GATEWAY_URL") is { Length: > 0 } url ? url : "http://127.0.0.1:8080");

    /// <summary>For one request, without the time that an answer is held on purpose; default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is sent again after a connection fault, a time-out, 5xx or 429; default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long to wait for a person; default 10 minutes.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(10);

    public string? AgentId { get; init; }
    public string? AgentName { get; init; }

    /// <summary>Stands in the URLs of tool calls, <c>tool://runtime/function</c>; default <c>dotnet</c>.</summary>
    public string RuntimeType { get; init; } = "dotnet";

    /// <summary>
    /// True (default): where no decision can be had, <see cref="GatewayException"/>. False, or <c>INTERVEN_FAIL_OPEN=1</c>: the call goes on then. A
    /// refused request (wrong key, bad input) and a <c>DENY</c> stop the call all the same.
    /// </summary>
    public bool FailClosed { get; init; } = Environment.GetEnvironmentVariable("INTERVEN_FAIL_OPEN") != "1";

    internal IntervenOptions Checked()
    {
        if (ApiKey.Length == 0 || ApiKey.Any(c => c is <= ' ' or > '~'))
            throw new ArgumentException("An API key is needed: ApiKey, or the environment variable INTERVEN_API_KEY.");
        if (!GatewayUrl.IsAbsoluteUri || GatewayUrl.Scheme is not ("http" or "https"))
            throw new ArgumentException("GatewayUrl must be an http or https address.");
        if (Retries < 0 || Timeout <= TimeSpan.Zero || MaxWait < TimeSpan.Zero)
            throw new ArgumentException("Retries and MaxWait must not be negative, Timeout must be above zero.");
        return this;
    }
}
