using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Passwords that stand as the last argument of a well-known constructor or command, with no name of their own.</summary>
static class CodeCredentials
{
    const int Reach = 256;

    public static IEnumerable<Detector> Detectors { get; } =
    [
        new("credential_constructor", new Trigger.Keywords("NetworkCredential(", "DirectoryEntry(", "UsernamePasswordCredentials(", "PasswordAuthentication("), LastArgument),
        new("secure_string", new Trigger.Keywords("ConvertTo-SecureString"), SecureString),
        new("facebook_app_token", new Trigger.Character('|'), FacebookToken),
    ];

    static void LastArgument(in Probe probe)
    {
        var start = probe.At + probe.Length;
        var rest = probe.Text[start..Math.Min(probe.Text.Length, start + Reach)];
        var close = rest.IndexOf(')');
        if (close < 0 || rest[..close].Count(',') == 0)
            return;
        var argument = rest[..close].TrimEnd();
        if (argument.Length < 3 || argument[^1] is not ('"' or '\''))
            return;
        var open = argument[..^1].LastIndexOf(argument[^1]);
        var value = argument[(open + 1)..^1];
        if (open > 0 && value.Length >= 4 && !Placeholders.IsTemplate(value))
            probe.Report(Kinds.Password, Confidence.Medium, start + open + 1, value.Length);
    }

    static void SecureString(in Probe probe)
    {
        var at = probe.At + probe.Length;
        var text = probe.Text[..Math.Min(probe.Text.Length, at + Reach)];
        while (at < text.Length)
        {
            var word = text[at..].TrimStart(" \t\"'\\");
            at = text.Length - word.Length;
            var end = word.IndexOfAny(Stops.Word);
            word = end < 0 ? word : word[..end];
            if (word.IsEmpty || word[0] is '$' or '(' or '|' or ')')
                return;
            at += word.Length;
            if (word[0] == '-')
                continue;
            var value = word.TrimEnd("\\");
            if (value.Length >= 6 && !Placeholders.IsPlaceholder(value) && ValueShape.Of(value) is { Digits: > 0, Letters: > 0 })
                probe.Report(Kinds.Password, Confidence.Medium, at - word.Length, value.Length);
            return;
        }
    }

    /// <summary>App id, bar, 27 characters.</summary>
    static void FacebookToken(in Probe probe)
    {
        var digits = CharSet.Digits.RunBefore(probe.Text, probe.At, 18);
        if (digits is >= 13 and <= 17 && CharSet.Base64Url.Run(probe.Text, probe.At + 1, 28) == 27)
            probe.Report(Kinds.ApiKey, Confidence.Medium, probe.At - digits, digits + 28);
    }
}
