using System.Diagnostics.CodeAnalysis;

namespace Interven.Engine.Alerts.Slack;

/// <summary>What a button carries: <c>{subject}.{channel}.{nonce}</c>, and no data.</summary>
/// <param name="Approval">Null for the sample, and for links.</param>
/// <param name="Subject">The approval's 32 hex digits, <c>test</c> or <c>link</c>.</param>
/// <param name="Channel">The alert channel.</param>
/// <param name="Nonce">16 hex digits.</param>
public sealed record ButtonValue(Guid? Approval, string Subject, Guid Channel, string Nonce)
{
    public const string Test = "test", Link = "link";
    const int NonceLength = 16;

    public static bool TryRead(string? text, [NotNullWhen(true)] out ButtonValue? value)
    {
        value = null;
        if (text is null || text.Length > 200 || text.Split('.') is not [var subject, var channel, var nonce] || nonce.Length != NonceLength
            || !nonce.All(char.IsAsciiHexDigitLower) || !Guid.TryParseExact(channel, "D", out var id))
            return false;
        if (Guid.TryParseExact(subject, "N", out var approval))
            value = new(approval, subject, id, nonce);
        else if (subject is Test or Link)
            value = new(null, subject, id, nonce);
        return value is not null;
    }
}
