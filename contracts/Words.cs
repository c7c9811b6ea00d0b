namespace Interven.Contracts;

/// <summary>The enums as they are written on the wire, in policies and in records: one spelling for all.</summary>
public static class Words
{
    static readonly (DataClasses Class, string Word)[] ClassWords =
    [
        (DataClasses.Secrets, "SECRETS"), (DataClasses.Pii, "PII"), (DataClasses.Pci, "PCI"),
        (DataClasses.Phi, "PHI"), (DataClasses.Internal, "INTERNAL"),
    ];

    public static string Word(this Decision decision) => decision switch
    {
        Decision.Allow => "ALLOW",
        Decision.Sanitize => "SANITIZE",
        Decision.RequireApproval => "REQUIRE_APPROVAL",
        _ => "DENY",
    };

    public static string Word(this RiskBand band) => band switch
    {
        RiskBand.Low => "LOW",
        RiskBand.Medium => "MEDIUM",
        RiskBand.High => "HIGH",
        _ => "CRITICAL",
    };

    public static string Word(this Verb verb) => verb switch
    {
        Verb.Read => "READ",
        Verb.Write => "WRITE",
        _ => "ADMIN",
    };

    public static string Word(this Confidence confidence) => confidence switch
    {
        Confidence.Low => "LOW",
        Confidence.Medium => "MEDIUM",
        _ => "HIGH",
    };

    /// <summary>The words of a set of data classes, in the fixed order SECRETS, PII, PCI, PHI, INTERNAL.</summary>
    public static IEnumerable<string> EachWord(this DataClasses classes) => classes == DataClasses.None ? [] : WordsOf(classes);

    static IEnumerable<string> WordsOf(DataClasses classes)
    {
        foreach (var (one, word) in ClassWords)
            if ((classes & one) != 0)
                yield return word;
    }

    public static bool TryParseDataClass(ReadOnlySpan<char> word, out DataClasses dataClass)
    {
        foreach (var (one, name) in ClassWords)
            if (word.SequenceEqual(name))
            {
                dataClass = one;
                return true;
            }
        dataClass = DataClasses.None;
        return false;
    }

    public static bool TryParseBand(ReadOnlySpan<char> word, out RiskBand band) => TryFind(word, Word, out band);

    public static bool TryParseConfidence(ReadOnlySpan<char> word, out Confidence confidence) => TryFind(word, Word, out confidence);

    public static bool TryParseVerb(ReadOnlySpan<char> word, out Verb verb) => TryFind(word, Word, out verb);

    public static bool TryParseDecision(ReadOnlySpan<char> word, out Decision decision) => TryFind(word, Word, out decision);

    static bool TryFind<T>(ReadOnlySpan<char> word, Func<T, string> spell, out T found) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (word.SequenceEqual(spell(value)))
            {
                found = value;
                return true;
            }
        found = default;
        return false;
    }
}
