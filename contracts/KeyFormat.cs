namespace Interven.Contracts;

/// <summary>What a key is for, by its prefix.</summary>
public enum KeyKind : byte { Live, Ephemeral, Service }

/// <summary>The public parts of a key.</summary>
/// <param name="Kind">By the prefix.</param>
/// <param name="Id">Eight base62 characters that name the key.</param>
public readonly record struct ParsedKey(KeyKind Kind, string Id)
{
    /// <summary>What lists show: the fixed prefix and the id.</summary>
    public string DisplayPrefix => KeyFormat.PrefixOf(Kind) + Id;
}

/// <summary>
/// How Interven's own keys are written: <c>iv_live_</c>, <c>iv_eph_</c> or <c>iv_svc_</c>, then id, secret and checksum in letters and digits.
/// The checksum is <see cref="Crc32Base62"/> over all that stands before it, so that a mistyped or invented key is refused without asking anyone.
/// </summary>
public static class KeyFormat
{
    public const string Live = "iv_live_";
    public const string Ephemeral = "iv_eph_";
    public const string Service = "iv_svc_";

    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public const int IdLength = 8;
    public const int SecretLength = 32;
    public const int ChecksumLength = Crc32Base62.Length;

    public static string PrefixOf(KeyKind kind) => kind switch
    {
        KeyKind.Live => Live,
        KeyKind.Ephemeral => Ephemeral,
        _ => Service,
    };

    /// <summary>The six characters that end a key of this prefix, id and secret.</summary>
    public static string Checksum(ReadOnlySpan<char> prefixIdAndSecret)
    {
        Span<char> checksum = stackalloc char[ChecksumLength];
        Crc32Base62.Write(Crc32Base62.Crc(prefixIdAndSecret), checksum);
        return new(checksum);
    }

    /// <summary>Writes a whole key.</summary>
    /// <exception cref="ArgumentException">Id or secret has another length, or holds more than letters and digits.</exception>
    public static string Compose(KeyKind kind, ReadOnlySpan<char> id, ReadOnlySpan<char> secret)
    {
        if (id.Length != IdLength || secret.Length != SecretLength || !IsBase62(id) || !IsBase62(secret))
            throw new ArgumentException($"A key has an id of {IdLength} and a secret of {SecretLength} letters and digits.");
        var body = string.Concat(PrefixOf(kind), id, secret);
        return body + Checksum(body);
    }

    /// <summary>Takes <paramref name="key"/> apart; false where prefix, length, alphabet or checksum are wrong.</summary>
    public static bool TryParse(ReadOnlySpan<char> key, out ParsedKey parsed)
    {
        parsed = default;
        foreach (var kind in (ReadOnlySpan<KeyKind>)[KeyKind.Live, KeyKind.Ephemeral, KeyKind.Service])
        {
            var prefix = PrefixOf(kind);
            if (!key.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var rest = key[prefix.Length..];
            if (rest.Length != IdLength + SecretLength + ChecksumLength || !IsBase62(rest)
                || !Crc32Base62.Matches(Crc32Base62.Crc(key[..^ChecksumLength]), key[^ChecksumLength..]))
                return false;
            parsed = new(kind, rest[..IdLength].ToString());
            return true;
        }
        return false;
    }

    static bool IsBase62(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        return true;
    }
}
