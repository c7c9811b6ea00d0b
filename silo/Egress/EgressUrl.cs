using Interven.Grains.Ports;

namespace Interven.Silo.Egress;

/// <summary>Checks URLs that somebody configures. What the host resolves to is looked at when it is called.</summary>
public sealed class EgressUrl : IEgressUrls
{
    const int Longest = 2048;
    readonly EgressRules rules;

    internal EgressUrl(EgressRules rules) => this.rules = rules;

    /// <inheritdoc/>
    public string? Check(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > Longest)
            return $"A URL of 1 to {Longest} characters is required.";
        if (url.Any(c => c <= ' ' || c == '\\' || c == '\x7f'))
            return "The URL must hold no spaces, control characters or backslashes.";
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? rules.Problem(parsed) : "The URL is not well-formed.";
    }
}
