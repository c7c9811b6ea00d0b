using Interven.Contracts;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;

namespace Interven.Engine.Risk;

/// <summary>
/// Destructive commands, injected instructions and exfiltration, by their phrasing. Where a command is only spoken of (a chat message about
/// <c>DROP TABLE</c>) it scores a little; where it would be carried out (a shell, a query field, a destructive operation) it sets a floor.
/// </summary>
static class IntentEngine
{
    /// <summary>What a phrase counts where nothing would carry it out.</summary>
    const double Spoken = .4;

    const double Mild = .2;
    static readonly IntentPhrase[] Phrases = [.. RiskData.Load("Risk/intents.yaml").Rows("phrases").Select(IntentPhrase.From)];

    static readonly Dictionary<string, IntentPhrase[]> ByAnchor = Phrases
        .SelectMany(phrase => phrase.Steps[0].Words.Select(word => (Anchor: Anchor(word), Phrase: phrase)))
        .GroupBy(pair => pair.Anchor, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.Select(pair => pair.Phrase).Distinct().ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The anchors under their first two letters: with so many short ones this rules a place out sooner than a vectorised search does, which stops
    /// at every other character to verify. Longest first.
    /// </summary>
    static readonly string[]?[] ByPair = Pairs();

    static readonly string[] ActingFields = ["command", "cmd", "script", "sql", "query", "statement", "statements", "code", "shell", "args", "argv", "input"];
    static readonly string[] ActingWords = ["exec", "shell", "bash", "terminal", "command", "sql", "query", "script", "run"];

    public static Assessment Judge(ToolCall call, ScanText text)
    {
        var seen = new Seen(call);
        if (IsDestructive(call) || call.Unclaimed is { } unclaimed && IsDestructive(unclaimed))
            seen.Operation();
        for (var segment = 0; segment < text.Segments.Length; segment++)
            if (text.Segments[segment].Length > 2 && text.Segments[segment].Origin is not (TextOrigin.BodyKey or TextOrigin.HeaderName or TextOrigin.HeaderValue))
                Look(text, segment, ref seen);
        return seen.Assess();
    }

    static bool IsDestructive(ToolCall call) => RiskTable.Current.IsDestructive(call.Tool, call.Operation)
        || call.GivenOperation is { } given && RiskTable.Current.IsDestructive(call.Tool, given);

    static void Look(ScanText text, int segment, ref Seen seen)
    {
        var chars = text.TextOf(segment);
        for (var at = 0; at + 2 < chars.Length; at++)
        {
            if (ByPair[Pair(chars[at], chars[at + 1])] is not { } anchors || at > 0 && char.IsLetterOrDigit(chars[at - 1]))
                continue;
            foreach (var anchor in anchors)
                if (chars[at..].StartsWith(anchor, StringComparison.OrdinalIgnoreCase))
                    foreach (var phrase in ByAnchor[anchor])
                        if (!seen.Has(phrase) && phrase.Matches(chars[at..], out var mild))
                            seen.Phrase(phrase, mild, text.FieldOf(segment), text.Segments[segment].Origin);
        }
    }

    /// <summary>Alike for both cases of ASCII letters; what else falls in with them is compared and found different.</summary>
    static int Pair(char first, char second) => (first & 31) << 5 | second & 31;

    static string[]?[] Pairs()
    {
        var pairs = new string[]?[32 * 32];
        foreach (var group in ByAnchor.Keys.GroupBy(anchor => Pair(anchor[0], anchor[1])))
            pairs[group.Key] = [.. group.OrderByDescending(anchor => anchor.Length)];
        return pairs;
    }

    /// <summary>What is searched for: the first word, and for very short ones the blank after it.</summary>
    static string Anchor(string word) => word.TrimEnd('*') is var plain && plain.Length < 3 ? plain + " " : plain;

    struct Seen(ToolCall call)
    {
        double score;
        bool acts;
        List<Detail>? details;
        List<string>? reasons;

        public readonly bool Has(IntentPhrase phrase) => details is not null && IsAmong(details, phrase);

        static bool IsAmong(List<Detail> details, IntentPhrase phrase) => details.Exists(detail => detail.Name == phrase.Name);

        public void Operation()
        {
            acts = true;
            Count("destructive_operation", 1, ReasonCodes.DestructiveAction);
        }

        public void Phrase(IntentPhrase phrase, bool mild, ReadOnlySpan<char> field, TextOrigin origin)
        {
            var destructive = phrase.Kind == IntentKind.Destructive;
            var acting = !destructive || origin != TextOrigin.Context && IsActing(call, field);
            acts |= destructive && acting && !mild;
            Count(phrase.Name, mild ? Mild : acting ? phrase.Score : phrase.Score * Spoken, mild || !acting ? null : phrase.Kind switch
            {
                IntentKind.Destructive => ReasonCodes.DestructiveAction,
                IntentKind.Injection => ReasonCodes.PromptInjection,
                _ => ReasonCodes.Exfiltration,
            });
        }

        public readonly Assessment Assess() => details is null ? Assessment.Quiet(Signal.Intent)
            : new(new(Signal.Intent, score, details), true, acts ? RiskTable.Current.Floors.Destructive : 0, reasons ?? []);

        void Count(string name, double weight, string? reason)
        {
            score = Odds.Either(score, weight);
            (details ??= []).Add(new(name));
            if (reason is not null && !(reasons ??= []).Contains(reason))
                reasons.Add(reason);
        }
    }

    /// <summary>Whether the text would be carried out rather than read.</summary>
    static bool IsActing(ToolCall call, ReadOnlySpan<char> field)
    {
        if (call.Scheme is "exec" or "shell")
            return true;
        foreach (var name in ActingFields)
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        foreach (var word in ActingWords)
            if (!call.UrlIsKnown && call.Operation.Contains(word, StringComparison.Ordinal))
                return true;
        return false;
    }
}
