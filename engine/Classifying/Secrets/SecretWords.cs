namespace Interven.Engine.Classifying.Secrets;

/// <summary>How much a name promises of its value.</summary>
enum Promise : byte
{
    /// <summary>Nothing: <c>token_type</c>, <c>public_key</c>.</summary>
    None,

    /// <summary>A key, if it looks random: <c>key</c>, <c>auth</c>.</summary>
    Weak,

    /// <summary>A key: <c>api_key</c>, <c>token</c>, <c>secret</c>.</summary>
    Key,

    /// <summary>What a person types: may be a word.</summary>
    Password,
}

/// <summary>The words that names of secrets are made of, and those that take the promise back.</summary>
static class SecretWords
{
    public static readonly string[] Triggers =
        ["password", "passwd", "passphrase", "pwd", "pass", "psw", "contra", "secret", "token", "key", "auth", "credential", "bearer", "license", "licence", "_pat", "private", "access", "sonar.login", "sonarlogin", "sonar_login", "creds"];

    static readonly string[] Passwords = ["password", "passwd", "passphrase", "pwd", "pass", "psw", "contra"];
    /// <summary>Passes that open a door or a gate, not a computer.</summary>
    static readonly string[] Tickets = ["boarding", "ski", "season", "day", "bus", "rail", "train", "museum", "park", "visitor", "guest", "gift", "bi", "com", "hall"];

    static readonly string[] Keys = ["secret", "token", "credential", "bearer", "_pat", "sonar.login", "sonarlogin", "sonar_login", "creds"];

    /// <summary>Words before <c>key</c> that make it a key worth hiding.</summary>
    static readonly string[] StrongBeforeKey = ["api", "access", "secret", "private", "encryption", "signing", "master", "auth", "service", "account", "shared", "license", "storage", "app", "admin", "client", "deploy", "webhook", "hmac", "aes", "jwt", "bot", "rest", "application", "user"];

    /// <summary>Words before <c>key</c> or <c>token</c> that name a lookup or a place in a list.</summary>
    static readonly string[] Harmless = ["idempotency", "primary", "foreign", "partition", "sort", "cache", "public", "pub", "row", "group", "object", "page", "next", "continuation", "pagination", "cursor", "sync", "dedup", "deduplication", "registry", "hot", "issue", "project",
        "instrumentation", "product", "sequence", "schema", "chain", "hash", "map", "dict", "json", "config", "column", "unique", "composite", "natural", "candidate", "index", "lookup", "routing", "message", "translation", "i18n", "locale", "shortcut", "media", "turn", "don", "mon", "tur", "s3", "file", "data", "event", "sitekey", "site", "cancellation", "keyboard", "monkey", "etag", "checksum", "cookie", "accessibility", "track", "entity", "datastore", "metric", "label", "option", "field", "property", "redis", "order", "item", "trace", "commit", "authenticity", "csrf", "xsrf", "forgery", "verification", "state", "device", "push"];

    /// <summary>What may stand between the word and the value's separator without making it another thing.</summary>
    static readonly string[] Endings = ["", "e", "s", "key", "keys", "token", "code", "base", "value", "val", "string", "str", "text", "secure", "env", "prod", "production", "live", "test", "dev", "staging", "plain", "hex", "b64", "base64", "raw", "default", "primary", "secondary", "old", "new", "current", "phrase", "word", "authtoken", "oken", "entials", "als", "keybase", "prd", "stg", "qa", "local", "root", "admin", "db", "hash", "orization", "orisation", "personal", "main", "pub", "data", "credentials", "seed", "pem", "user", "login"];

    /// <summary>Judges the name whose word stands at <paramref name="at"/> of <paramref name="text"/>; <paramref name="end"/> is where the name ends.</summary>
    public static Promise Judge(ReadOnlySpan<char> text, int at, int length, out int end)
    {
        end = at + length;
        while (end < text.Length && end - at < 48 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        if (!IsEnding(text[(at + length)..end]) || IsInPath(text, at))
            return Promise.None;
        var word = text.Slice(at, length);
        if (word.Equals("key", StringComparison.OrdinalIgnoreCase) && text[(at + length)..end].EndsWith("hash", StringComparison.OrdinalIgnoreCase))
            return Promise.None;
        var before = WordBefore(text, at);
        if (IsOneOf(word, Passwords))
            return word.Length == 4 && (!StandsAlone(text, at) || IsOneOf(before, Tickets)) ? Promise.None : Promise.Password;
        if (IsOneOf(before, Harmless) || !StandsAlone(text, at) && word.Length == 3 && before.IsEmpty)
            return Promise.None;
        if (IsOneOf(word, Keys))
            return Promise.Key;
        return word.Equals("key", StringComparison.OrdinalIgnoreCase) && IsOneOf(before, StrongBeforeKey) ? Promise.Key : Promise.Weak;
    }

    /// <summary>A part of a path or URL is no name: <c>/docs/forgot-password</c>.</summary>
    static bool IsInPath(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-'))
            at--;
        return at > 1 && text[at - 1] == '/' && text[at - 2] is not ('/' or ' ' or '\n');
    }

    /// <summary>The word before, in the same name: <c>idempotency</c> of <c>idempotency_key</c> and of <c>idempotencyKey</c>.</summary>
    static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        if (end > 0 && text[end - 1] is '_' or '-' or '.' or ' ')
            end--;
        var start = end;
        while (start > 0 && end - start < 24 && char.IsAsciiLetter(text[start - 1]))
        {
            start--;
            if (char.IsAsciiLetterUpper(text[start]) && start + 1 < end && char.IsAsciiLetterLower(text[start + 1]))
                break;
        }
        return text[start..end];
    }

    /// <summary>A short word counts where a name's part begins (<c>_key</c>, <c>apiKey</c>, <c>KEY</c>), and after a whole word (<c>authkey</c>), not inside one (<c>monkey</c> is in the list).</summary>
    static bool StandsAlone(ReadOnlySpan<char> text, int at) =>
        at == 0 || !char.IsAsciiLetter(text[at - 1]) || char.IsAsciiLetterUpper(text[at]) && char.IsAsciiLetterLower(text[at - 1]) || EndsWithAny(text[..at], StrongBeforeKey) || EndsWithAny(text[..at], ["db", "user", "root", "my"]);

    static bool EndsWithAny(ReadOnlySpan<char> text, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    static bool IsEnding(ReadOnlySpan<char> ending)
    {
        ending = ending.TrimEnd("0123456789_");
        ending = ending.TrimStart('_');
        if (ending.IsEmpty)
            return true;
        for (var rest = 0; rest < 3 && !ending.IsEmpty; rest++)
        {
            if (IsOneOf(ending, Endings))
                return true;
            var cut = ending.LastIndexOf('_');
            if (cut < 0 || !IsOneOf(ending[(cut + 1)..], Endings))
                return false;
            ending = ending[..cut];
        }
        return false;
    }

    static bool IsOneOf(ReadOnlySpan<char> word, ReadOnlySpan<string> words)
    {
        foreach (var one in words)
            if (word.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
