using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Checksums and contents of vendors' tokens.</summary>
static class TokenChecks
{
    /// <summary>GitHub, npm: the last six characters are the CRC-32 of the random part, in base62 (GitHub's blog, "Behind GitHub's new authentication token formats", 2021).</summary>
    public static bool Crc32AfterUnderscore(ReadOnlySpan<char> token)
    {
        var random = token[(token.IndexOf('_') + 1)..^Crc32Base62.Length];
        return Crc32Base62.Matches(Crc32Base62.Crc(random), token[^Crc32Base62.Length..]);
    }

    /// <summary>Our own.</summary>
    public static bool IntervenKey(ReadOnlySpan<char> token) => KeyFormat.TryParse(token, out _);

    /// <summary>AWS: base32, and from 2019 on the first characters after the prefix carry a 12-digit account number.</summary>
    public static bool AwsKeyId(ReadOnlySpan<char> token)
    {
        var bits = 0UL;
        foreach (var c in token.Slice(4, 8))
            if (c is '0' or '1' or '8' or '9')
                return false;
            else
                bits = bits << 5 | (uint)(c >= 'A' ? c - 'A' : c - '2' + 26);
        return (bits & 0x7F_FFFF_FFFF) < 1_000_000_000_000 && !token.EndsWith("EXAMPLE", StringComparison.Ordinal);
    }

    /// <summary>Prefixes that could begin a word: all letters is a word, all digits a number.</summary>
    public static bool HasDigitAndLetter(ReadOnlySpan<char> token)
    {
        var digits = 0;
        var letters = 0;
        foreach (var c in token)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }
        return digits > 0 && letters > 0;
    }

}
