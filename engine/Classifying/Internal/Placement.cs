using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Internal;

/// <summary>How a marker stands in its line and its sentence.</summary>
readonly ref struct Placement
{
    /// <summary>How far line and sentence are looked at on either side.</summary>
    const int Reach = 240;
    const int LongestBanner = 90;

    static readonly WordSet Labels = new(
        "classification", "sensitivity", "confidentiality", "security level", "information class", "document class", "data class", "handling", "marking", "distribution", "status", "level", "tlp", "label", "security", "notice", "audience");

    static readonly WordSet MarkerWords = new(
        "strictly", "highly", "private", "and", "confidential", "proprietary", "internal", "use", "only", "company", "business", "privileged", "restricted", "sensitive", "secret", "for", "do", "not", "distribute", "forward", "share",
        "circulate", "distribution", "external", "attorney", "client", "work", "product", "communication", "draft", "information", "document", "material", "under", "nda", "mnpi", "please", "copy", "or", "commercial", "in", "confidence");

    readonly ReadOnlySpan<char> marker;
    readonly ReadOnlySpan<char> lineBefore;
    readonly ReadOnlySpan<char> lineAfter;
    readonly ReadOnlySpan<char> lineBelow;
    readonly Sentence sentence;
    readonly bool isWholeText;

    public Placement(ReadOnlySpan<char> text, int at, int length)
    {
        marker = text.Slice(at, length);
        var before = text[Math.Max(0, at - Reach)..at];
        var after = text[(at + length)..Math.Min(text.Length, at + length + Reach)];
        lineBefore = before[(before.LastIndexOfAny('\n', '\r') + 1)..];
        var end = after.IndexOfAny('\n', '\r');
        lineAfter = end < 0 ? after : after[..end];
        lineBelow = end < 0 ? [] : after[end..].TrimStart();
        sentence = new(before, marker, after);
        isWholeText = lineBefore.Length == at && lineAfter.Length == text.Length - at - length;
    }

    public bool IsQuoted => Last(lineBefore) is '"' or '\u201C' or '\'' or '\u2018' or '`' or '\u00AB' && First(lineAfter) is '"' or '\u201D' or '\'' or '\u2019' or '`' or '\u00BB' or ',' or '.'
        && lineBefore.Trim().Length + lineAfter.Trim().Length > 8;

    public bool FollowsQuote => Last(lineBefore) is '"' or '\u201C';

    /// <summary>A line of source code or its comments: there "internal use only" speaks of an interface.</summary>
    public bool IsInCode => lineBefore.TrimStart().StartsWith("#") && StartsCode(lineBelow) || lineBefore.TrimStart().StartsWith("//") || lineBefore.TrimStart().StartsWith("/*") || lineBefore.TrimStart().StartsWith("* ") || lineBefore.Contains("@", StringComparison.Ordinal) && lineBefore.TrimStart().StartsWith("@");

    public bool IsQuestion => sentence.IsQuestion;

    public bool IsHypothetical => sentence.IsHypothetical;

    public bool IsOrder => sentence.IsOrder;

    public bool SpeaksOfThisText => sentence.SpeaksOfThisText;

    public bool IsPredicateOfThisText => !IsInCode && sentence.IsPredicateOfThisText;

    /// <summary>"Confidential client", "restricted stock", "internal server error": the word means something else.</summary>
    public bool IsTermOfArt => sentence.IsTermOfArt;

    public bool IsCapitals => !marker.ContainsAnyInRange('a', 'z');

    /// <summary>The text is the marker, without so much as a bracket.</summary>
    public bool IsWhole => isWholeText && lineBefore.Length + lineAfter.Length == 0;

    /// <summary>The marker is all that the text says.</summary>
    public bool IsShortValue => isWholeText && lineBefore.Trim().Length + lineAfter.Trim().Length <= 24;

    /// <summary>"Classification: Confidential", "Sensitivity – internal".</summary>
    public bool IsLabelled
    {
        get
        {
            var lead = lineBefore.TrimEnd(" *_\"'`\u201C");
            if (lead.Length is 0 or > 80 || lead[^1] is not (':' or '=' or '\u2013' or '\u2014' or '-' or '|') || !IsShortRest(lineAfter))
                return false;
            return Labels.In(lead[Math.Max(0, lead.Length - 32)..]);
        }
    }

    /// <summary><c>[CONFIDENTIAL]</c> anywhere, <c>(internal only)</c> at a line's edge that is no code.</summary>
    public bool IsBracketed => (Last(lineBefore), First(lineAfter)) switch
    {
        ('[', ']') or ('*', '*') or ('{', '}') or ('<', '>') => IsCapitals || IsTitle,
        ('(', ')') when !lineBefore.ContainsAny('/', '`', '=') => IsEdge(lineBefore[..^1]) && (IsTitle || marker.Contains(' ')) || IsEdge(lineAfter[1..]) && (IsCapitals || marker.Contains(' ')),
        _ => false,
    };

    /// <summary>Alone in its line, or at its edge and set off: in capitals where the word is <paramref name="weak"/>.</summary>
    public bool IsBanner(bool weak)
    {
        if (IsInCode && !IsCapitals)
            return false;
        var before = Undecorated(lineBefore);
        var after = Undecorated(lineAfter);
        if (IsAllMarkers(before) && IsAllMarkers(after) && (before.Length + after.Length > 0) && (!weak || IsTitle && !isWholeText))
            return true;
        if (before.IsEmpty && after.IsEmpty)
            return weak ? !isWholeText && (IsCapitals || IsTitle) || isWholeText && IsCapitals && lineBefore.Length + lineAfter.Length > 3 : true;
        if (weak && lineAfter.StartsWith(":") && lineBefore.TrimEnd().EndsWith(",") && after.Contains(' '))
            return true;
        if (!weak && after.IsEmpty && IsTitle && before.Length is > 0 and <= 40 && !HasLowerWord(before))
            return true;
        if (weak && !IsCapitals && !(IsTitle && isWholeTitle(before, after)))
            return false;
        var setOff = before.IsEmpty && IsSeparator(lineAfter) || after.IsEmpty && IsSeparatorBefore(lineBefore);
        return setOff && (weak || lineBefore.Length + lineAfter.Length <= Reach) || IsAllCapitals(before, after);

        // "Confidential: Project Falcon", "Acme Corp – Confidential": as in subjects and footers, four words at least tell it from a form's label.
        static bool isWholeTitle(ReadOnlySpan<char> before, ReadOnlySpan<char> after) => before.IsEmpty ? after.Contains(' ') : before.Length <= LongestBanner;
    }

    bool IsTitle => marker.Length > 0 && char.IsUpper(marker[0]);

    /// <summary>A short line wholly in capitals, such as <c>ACME CORP CONFIDENTIAL</c>.</summary>
    bool IsAllCapitals(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        IsCapitals && before.Length + after.Length <= LongestBanner && !HasLower(before) && !HasLower(after) && !(isWholeText && before.Length + after.Length < 4);

    static bool HasLower(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (char.IsLower(c))
                return true;
        return false;
    }

    static bool IsSeparator(ReadOnlySpan<char> after) =>
        after.Length > 0 && after.TrimStart(" *_]") is { Length: > 0 } rest && (rest[0] is ':' or '|' or '\u2013' or '\u2014' or '\u2022' or '\u00B7' or '/' or '.' || rest[0] == '-' && (rest.Length == 1 || !Chars.IsWord(rest[1]) || after[0] == ' '));

    static bool IsSeparatorBefore(ReadOnlySpan<char> before) =>
        before.TrimEnd(" *_[") is { Length: > 0 } lead && (lead[^1] is '|' or '\u2013' or '\u2014' or '\u2022' or '\u00B7' or '-' or ':' || lead[^1] is '.' or ',' && (lead.Contains("\u00A9", StringComparison.Ordinal) || lead.Contains("(c)", StringComparison.OrdinalIgnoreCase) || lead.Contains("rights reserved", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The label's value ends with the marker.</summary>
    static bool IsShortRest(ReadOnlySpan<char> after)
    {
        var rest = after.TrimStart(" *_\"'`\u201D");
        return rest.IsEmpty || !Chars.IsWord(rest[0]);
    }

    static bool StartsCode(ReadOnlySpan<char> line)
    {
        foreach (var opening in (ReadOnlySpan<string>)["def ", "class ", "async ", "function ", "import ", "from ", "export ", "const ", "let ", "var ", "public ", "private ", "static ", "func ", "fn ", "@"])
            if (line.StartsWith(opening, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>Nothing but words that markers are made of: <c>Strictly private and confidential</c>.</summary>
    static bool IsAllMarkers(ReadOnlySpan<char> text)
    {
        foreach (var part in text.SplitAny(' ', ',', '/', '-', '\u2013', '\u2014', '|', '&', ':', '.', ';'))
            if (!text[part].IsEmpty && !MarkerWords.Has(text[part]))
                return false;
        return true;
    }

    static bool HasLowerWord(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
            if (char.IsLower(text[at]) && (at == 0 || text[at - 1] == ' '))
                return true;
        return false;
    }

    static bool IsEdge(ReadOnlySpan<char> text) => Undecorated(text).IsEmpty;

    static ReadOnlySpan<char> Undecorated(ReadOnlySpan<char> text) => text.Trim(" \t*#-=_[](){}|<>~.!:;+\u2013\u2014\u2022\u00B7\u26A0\uFE0F\"'/");

    static char Last(ReadOnlySpan<char> text) => text.IsEmpty ? ' ' : text[^1];

    static char First(ReadOnlySpan<char> text) => text.IsEmpty ? ' ' : text[0];
}
