using System.Text.RegularExpressions;

namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>Providers of the installation (section <c>Interven:Oidc</c>), by name. A tenant may set up its own besides (<c>/api/sso</c>).</summary>
sealed partial record OidcOptions(IReadOnlyDictionary<string, InstalledProvider> Providers)
{
    const string Google = "https://accounts.google.com";

    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static OidcOptions From(IConfiguration configuration)
    {
        var (problems, providers) = (new List<string>(), new Dictionary<string, InstalledProvider>(StringComparer.Ordinal));
        foreach (var section in configuration.GetSection("Interven:Oidc").GetChildren())
        {
            var name = section.Key.ToLowerInvariant();
            var issuer = section["Issuer"] ?? (name == "google" ? Google : null);
            if (!Name().IsMatch(name) || name.StartsWith("t-", StringComparison.Ordinal))
                problems.Add($"Interven:Oidc:{section.Key}: a name has 1 to 40 letters, digits and hyphens, and does not begin with t-.");
            if (issuer is null || !Uri.TryCreate(issuer, UriKind.Absolute, out _))
                problems.Add($"Interven:Oidc:{section.Key}:Issuer is no URL. Entra's is https://login.microsoftonline.com/TENANT-ID/v2.0.");
            if (section["ClientId"] is not { Length: > 0 })
                problems.Add($"Interven:Oidc:{section.Key}:ClientId is missing.");
            providers[name] = new(section["DisplayName"] ?? section.Key, new(null, issuer ?? "", section["ClientId"] ?? "", section["ClientSecret"],
                [.. (section.GetSection("Domains").Get<string[]>() ?? []).Select(domain => domain.ToLowerInvariant())]));
        }
        return problems.Count == 0 ? new(providers) : throw new InvalidOperationException("The configuration cannot be used:\n  " + string.Join("\n  ", problems));
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Name();
}

/// <param name="DisplayName">For the button.</param>
/// <param name="Provider">How to speak with it.</param>
sealed record InstalledProvider(string DisplayName, GrainInterfaces.People.OidcProvider Provider);
