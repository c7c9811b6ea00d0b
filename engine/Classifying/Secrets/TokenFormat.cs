using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Judges a token of the right shape; false means that its checksum does not hold, or that it is another thing.</summary>
delegate bool TokenCheck(ReadOnlySpan<char> token);

/// <summary>One row of a vendor's token table.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pattern">Its shape (<see cref="TokenPattern"/>).</param>
/// <param name="Check">Checksum or content; where it fails, <paramref name="OnFailure"/> counts.</param>
/// <param name="OnFailure">Confidence of the bare shape; null: not reported.</param>
sealed record TokenFormat(DataKind Kind, string Pattern, TokenCheck? Check = null, Confidence? OnFailure = Confidence.Medium)
{
    /// <summary>The detector that looks where the pattern's literal stands.</summary>
    public Detector ToDetector()
    {
        var pattern = new TokenPattern(Pattern);
        return new(Kind.Name, new Trigger.Keywords(pattern.Anchor), (in Probe probe) =>
        {
            var (start, length) = pattern.Match(probe.Text, probe.At);
            if (length == 0)
                return;
            var token = probe.Text.Slice(start, length);
            var drawn = token[(probe.At - start + probe.Length)..];
            if (Placeholders.IsRepetitive(drawn) || Placeholders.HasFewCharacters(drawn) || Placeholders.IsWellKnown(token))
                return;
            if (Check is null || Check(token))
                probe.Report(Kind, Confidence.High, start, length);
            else if (OnFailure is { } lower)
                probe.Report(Kind, lower, start, length);
        });
    }
}
