using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Interven.Engine.Vault;

/// <summary>What signs requests to AWS.</summary>
/// <param name="Id">Access key id.</param>
/// <param name="Secret">Secret access key.</param>
/// <param name="SessionToken">Of temporary credentials; null for lasting ones.</param>
/// <param name="Region">E.g. <c>eu-central-1</c>.</param>
/// <param name="Service">E.g. <c>s3</c>.</param>
public sealed record AwsKey(string Id, string Secret, string? SessionToken, string Region, string Service)
{
    public override string ToString() => "an AWS key";
}

/// <summary>AWS Signature Version 4, in the Authorization header.</summary>
public static class AwsSignature
{
    const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The headers to add: <c>authorization</c>, <c>x-amz-date</c>, and <c>x-amz-security-token</c> of temporary credentials.</summary>
    /// <param name="key">What signs.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="url">As it is sent: its escaped path and query are signed.</param>
    /// <param name="headers">Headers to sign besides the host and those that are added.</param>
    /// <param name="bodyHash">SHA-256 of the body, lower-case hex.</param>
    /// <param name="now">The time of the request.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(
        AwsKey key, string method, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, string bodyHash, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var added = new List<KeyValuePair<string, string>> { new("x-amz-date", time) };
        if (key.SessionToken is { } token)
            added.Add(new("x-amz-security-token", token));
        var all = headers.Concat(added).Append(new("host", url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}"))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: OneSpaced(header.Value))).OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', all.Select(header => header.Name));
        var canonical = string.Join('\n', method.ToUpperInvariant(), Path(key, url), Query(url), string.Concat(all.Select(header => $"{header.Name}:{header.Value}\n")), names, bodyHash);
        var scope = $"{time[..8]}/{key.Region}/{key.Service}/aws4_request";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(Mac(SigningKey(key, time[..8]), toSign));
        added.Add(new("authorization", $"{Algorithm} Credential={key.Id}/{scope}, SignedHeaders={names}, Signature={signature}"));
        return added;
    }

    /// <summary>S3 signs the path as it is sent; every other service signs it escaped once more.</summary>
    static string Path(AwsKey key, Uri url) => key.Service == "s3"
        ? Escaped(Uri.UnescapeDataString(url.AbsolutePath), keepSlash: true)
        : Escaped(url.AbsolutePath, keepSlash: true);

    static string Query(Uri url) => string.Join('&', url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => (Name: Again(pair[0]), Value: pair.Length > 1 ? Again(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}"));

    static string Again(string text) => Escaped(Uri.UnescapeDataString(text), keepSlash: false);

    static string Escaped(string text, bool keepSlash)
    {
        var output = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '.' or '_' or '~' || keepSlash && (char)b == '/')
                output.Append((char)b);
            else
                output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        return output.ToString();
    }

    static string OneSpaced(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    static byte[] SigningKey(AwsKey key, string day) =>
        Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + key.Secret), day), key.Region), key.Service), "aws4_request");

    static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
