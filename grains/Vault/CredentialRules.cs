using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Vault;
using Interven.Grains.Ports;

namespace Interven.Grains.Vault;

/// <summary>What each type of credential is made of. No message ever quotes a value.</summary>
static class CredentialRules
{
    const int MostHeaders = 20, MostHeader = 8 * 1024, MostValue = 16 * 1024;

    /// <summary>The value fields of each type; a question mark ends those that may be left out.</summary>
    static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        [CredentialTypes.Bearer] = ["token"],
        [CredentialTypes.HeaderSet] = ["headers"],
        [CredentialTypes.OauthClientCredentials] = ["token_url", "client_id", "client_secret", "scope?", "audience?", "auth_style?"],
        [CredentialTypes.AwsSigV4] = ["access_key_id", "secret_access_key", "region", "service", "session_token?"],
        [CredentialTypes.Slack] = ["bot_token?", "signing_secret?", "webhook_url?"],
    };

    /// <summary>Headers that the proxy itself writes, or that frame the request.</summary>
    static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "keep-alive", "proxy-connection",
    };

    public static void CheckName(string? name, List<FieldError> problems)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(char.IsControl))
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
    }

    public static bool IsType(string? type) => type is not null && Fields.ContainsKey(type);

    public static string Types => string.Join(", ", Fields.Keys);

    /// <summary>Null where a problem was added.</summary>
    public static CredentialValues? Read(string type, JsonElement? given, IEgressUrls urls, List<FieldError> problems)
    {
        if (given is not { ValueKind: JsonValueKind.Object } values)
        {
            problems.Add(new("$.values", $"An object with the values of `{type}` is required: {string.Join(", ", Fields[type])}."));
            return null;
        }
        var before = problems.Count;
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in values.EnumerateObject())
            if (!Fields[type].Contains(member.Name) && !Fields[type].Contains(member.Name + "?"))
                problems.Add(new($"$.values.{Shown(member.Name)}", $"`{type}` has no such value; it has {string.Join(", ", Fields[type])}."));
        foreach (var field in Fields[type])
            if (field == "headers")
                ReadHeaders(values, read, problems);
            else
                ReadText(values, field.TrimEnd('?'), isAsked: field[^1] != '?', read, problems);
        CheckMeaning(type, read, urls, problems);
        return problems.Count == before ? new(read) : null;
    }

    static void ReadText(JsonElement values, string name, bool isAsked, Dictionary<string, string> read, List<FieldError> problems)
    {
        if (!values.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (isAsked)
                problems.Add(new("$.values." + name, "The value is required."));
        }
        else if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= MostValue } text)
            problems.Add(new("$.values." + name, $"A text of 1 to {MostValue} characters is required."));
        else if (text.Any(c => c is < ' ' or > '~'))
            problems.Add(new("$.values." + name, "Only printable ASCII characters can be sent."));
        else
            read[name] = text;
    }

    static void ReadHeaders(JsonElement values, Dictionary<string, string> read, List<FieldError> problems)
    {
        if (!values.TryGetProperty("headers", out var headers) || headers.ValueKind != JsonValueKind.Object || headers.GetPropertyCount() is < 1 or > MostHeaders)
        {
            problems.Add(new("$.values.headers", $"An object of 1 to {MostHeaders} headers is required."));
            return;
        }
        foreach (var header in headers.EnumerateObject())
        {
            var path = $"$.values.headers.{Shown(header.Name)}";
            if (header.Name.Length > 100 || !IsToken(header.Name))
                problems.Add(new(path, "This is no header name."));
            else if (Framing.Contains(header.Name) || header.Name.StartsWith("x-interven-", StringComparison.OrdinalIgnoreCase))
                problems.Add(new(path, "This header is written by the proxy itself."));
            else if (header.Value.ValueKind != JsonValueKind.String || header.Value.GetString() is not { Length: > 0 and <= MostHeader } text || text.Any(c => c is < ' ' or > '~'))
                problems.Add(new(path, $"A header's value has 1 to {MostHeader} printable ASCII characters."));
            else if (!read.TryAdd(CredentialValues.HeaderPrefix + header.Name.ToLowerInvariant(), text))
                problems.Add(new(path, "The header is there twice."));
        }
    }

    static void CheckMeaning(string type, Dictionary<string, string> read, IEgressUrls urls, List<FieldError> problems)
    {
        foreach (var url in (string[])["token_url", "webhook_url"])
            if (read.TryGetValue(url, out var address) && urls.Check(address) is { } problem)
                problems.Add(new("$.values." + url, problem));
        if (type == CredentialTypes.Slack && read.Count == 0 && problems.Count == 0)
            problems.Add(new("$.values", "At least one of bot_token, signing_secret, webhook_url is required."));
        if (read.TryGetValue("auth_style", out var style) && style is not ("basic" or "body"))
            problems.Add(new("$.values.auth_style", "The style is `basic` or `body`."));
        foreach (var name in (string[])["region", "service"])
            if (read.TryGetValue(name, out var word) && (word.Length > 64 || !word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
                problems.Add(new("$.values." + name, "At most 64 letters, digits and hyphens."));
    }

    static string Shown(string name) => name.Length > 60 ? name[..60] : name;

    static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
