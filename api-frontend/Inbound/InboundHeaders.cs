namespace Interven.ApiFrontend.Inbound;

/// <summary>Which of the caller's headers go on to the upstream, and into the scan.</summary>
static class InboundHeaders
{
    public const string Decision = "X-Interven-Decision";
    public const string Reasons = "X-Interven-Reasons";
    public const string Wait = "X-Interven-Wait";
    public const string ResponseScan = "X-Interven-Response-Scan";

    /// <summary>Hop by hop, framing, and what would tell the upstream of the caller's network.</summary>
    static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect", "content-length", "accept-encoding",
        "forwarded", "via", "x-real-ip", "x-original-host", "x-original-url", "x-rewrite-url",
    };

    /// <summary>Parts of names that carry somebody's credential: those are the agent's, and the upstream gets the route's.</summary>
    static readonly string[] Credentials = ["auth", "cookie", "token", "apikey", "api-key", "secret", "password", "session", "credential", "signature-key", "subscription-key", "functions-key"];

    /// <summary>Headers whose names hold such a word and that carry none.</summary>
    static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase) { "idempotency-key", "x-idempotency-key", "authority", ":authority" };

    public static bool GoOn(string name, string? callersHeader) =>
        !name.StartsWith(':') && !Own.Contains(name) && !name.StartsWith("x-interven-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
        && !name.Equals(callersHeader, StringComparison.OrdinalIgnoreCase)
        && (Harmless.Contains(name) || !Array.Exists(Credentials, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
