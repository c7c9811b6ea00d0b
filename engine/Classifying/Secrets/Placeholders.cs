using System.Buffers;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>What stands where a secret would: documentation's stand-ins, templates, look-ups.</summary>
static class Placeholders
{
    static readonly SearchValues<string> Words = SearchValues.Create(
    [
        "placeholder", "changeme", "change-me", "change_me", "change_it", "changeit", "replace", "insert", "dummy", "redacted", "masked", "hidden", "removed",
        "your-", "your_", "yourpass", "yoursecret", "yourtoken", "yourkey", "yourapi", "youraccess", "my-api-key", "my_api_key", "myapikey", "api-key-here", "_here", "-here", "goes_here",
        "notreal", "not-real", "not_a_real", "not_real", "notasecret", "fakekey", "fake_", "fake-", "somefake", "afake", "nottherealone", "sample_", "sample-", "todo", "tbd",
        "****", "xxxx", "••••", "....", "######", "_key_here", "not_long_enough", "real_key", "undefined", "getenv", "os.environ", "process.env", "secrets.", "vault:", "ssm:", "keyvault",
    ], StringComparison.OrdinalIgnoreCase);

    static readonly SearchValues<string> WellKnown = SearchValues.Create(
        ["akiaiosfodnn7example", "wjalrxutnfemi/k7mdeng", "akiai44qh8dhbexample", "je7mtgbclwbf/2zk", "xxxxxxxx", "placeholder", "changeme", "your-api-key", "your_api_key", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789"], StringComparison.OrdinalIgnoreCase);

    static readonly string[] WholeValues =
    [
        "null", "none", "nil", "true", "false", "undefined", "string", "str", "text", "value", "required", "optional", "yes", "no", "on", "off", "empty", "unset", "default", "disabled", "enabled",
        "password", "passwd", "pass", "pwd", "secret", "token", "key", "apikey", "api_key", "api-key", "username", "user", "input", "example", "hidden", "encrypted", "redacted", "bearer", "basic",
        "mypassword", "my_password", "your", "foo", "bar", "baz", "foobar", "abc", "abc123", "test", "testing", "asdf", "qwerty", "base64", "sha1", "sha256", "sha512", "md5", "bcrypt", "argon2", "oauth2", "utf8", "utf-8", "n/a", "na", "int", "bytes", "object", "self", "this", "env", "file", "plaintext",
    ];

    /// <summary>Nearly all one stand-in character (<c>xxxx</c>, <c>0000</c>).</summary>
    public static bool IsRepetitive(ReadOnlySpan<char> value)
    {
        if (value.Length < 4)
            return false;
        var standIns = 0;
        foreach (var c in value)
            if (c is 'x' or 'X' or '0' or '*' or '.' or '•' or '#' or '-' or '_' && (c | 0x20) == (value[^1] | 0x20))
                standIns++;
        return standIns * 5 >= value.Length * 4;
    }

    /// <summary>Three different characters or fewer in sixteen and more (<c>1231231231231231</c>): no generator of tokens draws that in the life of a universe.</summary>
    public static bool HasFewCharacters(ReadOnlySpan<char> value)
    {
        if (value.Length < 16)
            return false;
        Span<char> seen = stackalloc char[3];
        var count = 0;
        foreach (var c in value.TrimEnd('='))
            if (!seen[..count].Contains(c))
            {
                if (count == seen.Length)
                    return false;
                seen[count++] = c;
            }
        return true;
    }

    /// <summary>A published example, whatever stands around it.</summary>
    public static bool IsWellKnown(ReadOnlySpan<char> value) => value.ContainsAny(WellKnown);

    /// <summary>True for a value that is none: a stand-in, a template or a look-up.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        value = value.Trim("'\"");
        value = value[..Math.Min(value.Length, 256)];
        if (value.IsEmpty || IsRepetitive(value) || IsTemplate(value) || value.ContainsAny(Words) || IsWellKnown(value))
            return true;
        foreach (var whole in WholeValues)
            if (value.Equals(whole, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary><c>${VAR}</c>, <c>{{var}}</c>, <c>&lt;token&gt;</c>, <c>%s</c>, <c>$VAR</c>, <c>$(command)</c>, <c>#{var}</c>, <c>[redacted]</c>.</summary>
    public static bool IsTemplate(ReadOnlySpan<char> value) =>
        value[0] is '<' or '[' && value[^1] is '>' or ']'
        || value[0] == '{' && value[^1] == '}' && value.IndexOfAny(' ', '$', ')') < 0
        || value[0] == '%' && value.Length <= 4
        || value[0] == '%' && value[^1] == '%'
        || value[0] == '$' && (IsName(value[1..].Trim("{}()")) || IsVariables(value))
        || HoldsTemplate(value, "${", '}') || HoldsTemplate(value, "{{", '}')
        || value.StartsWith("$(", StringComparison.Ordinal) || value.StartsWith("#{", StringComparison.Ordinal) || value.StartsWith("&lt;", StringComparison.Ordinal)
        || value.StartsWith("<%", StringComparison.Ordinal) || value.Contains("%(", StringComparison.Ordinal);

    static bool HoldsTemplate(ReadOnlySpan<char> value, string open, char close)
    {
        var at = value.IndexOf(open, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var inner = value[(at + open.Length)..];
        var end = inner.IndexOf(close);
        return end > 0 && IsName(inner[..end].Trim(' '));
    }

    /// <summary>Variables one after the other: <c>$user$domain</c>.</summary>
    static bool IsVariables(ReadOnlySpan<char> value)
    {
        foreach (var range in value[1..].Split('$'))
            if (value[1..][range].Length < 2 || value[1..][range].IndexOfAnyExcept(Stops.Variable) >= 0)
                return false;
        return true;
    }

    static bool IsName(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-'))
                return false;
        return true;
    }
}
