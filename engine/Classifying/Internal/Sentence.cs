using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Internal;

/// <summary>The sentence around a marker: whether it speaks of the text that it stands in, and in what mood.</summary>
readonly ref struct Sentence
{
    static readonly WordSet ThisText = new(
        "this document", "this email", "this e-mail", "this mail", "this message", "this communication", "this transmission", "this memo", "this memorandum", "this report", "this presentation", "this deck", "this file",
        "this information", "this data", "this spreadsheet", "this draft", "this thread", "this content", "this material", "these materials", "these figures", "these numbers", "these results", "this analysis", "this page",
        "this note", "this letter", "this attachment", "this proposal", "this contract", "this agreement", "this plan", "this roadmap", "this summary", "this update", "this announcement", "this briefing", "this is", "this contains",
        "this remains", "this stays", "the attached", "the enclosed", "attached is", "attached are", "attachments", "information contained", "contained herein", "information herein", "contents of this", "the following", "the above",
        "the contents", "the information below", "details below", "information in this", "please note", "following is", "below is", "these documents", "these slides", "this slide", "this forecast", "this list", "this record", "it is", "it's", "all of this", "everything here",
        "the numbers", "the figures", "this pricing", "this valuation", "this offer", "this deal", "this transaction", "the terms", "this project", "our discussion", "this conversation", "this call", "this recording", "this code", "this source code", "this software", "this item");

    static readonly WordSet Links = new(
        "is", "are", "contains", "contain", "containing", "includes", "include", "remains", "remain", "stays", "stay", "constitutes", "considered", "deemed", "marked", "kept", "treated", "as", "may contain", "it's", "being", "classified");

    static readonly WordSet Negations = new("not", "isn't", "isn’t", "no", "non", "never", "neither", "longer", "aren't", "nothing");

    static readonly WordSet Conditions = new(
        "if", "whether", "when", "how", "what", "which", "unless", "should be", "must be", "must have", "would", "could", "can be", "may be", "might", "e.g", "for example", "such as", "policy", "policies", "means", "defined", "define", "defines",
        "describes", "explains", "label", "labels", "labelled", "labeled", "the term", "the word", "the phrase", "phrase", "all employees", "vendors", "users", "training", "course", "learn", "article", "guide", "documentation", "webinar", "question",
        "handling", "template", "rule", "rules", "regulation", "law", "laws", "definition", "search", "find", "detect", "flag", "scan", "who", "require", "requires", "need", "needs", "sign", "signed", "until they");

    static readonly WordSet Objects = new(
        "this", "these", "it", "the attached", "the enclosed", "the following", "the document", "the deck", "the memo", "the report", "the contents", "the information", "the numbers", "the figures", "the details", "the slides", "the draft", "any of", "any part",
        "externally", "outside", "beyond", "further", "publicly", "widely", "without", "or", "with anyone", "with any", "with third", "with external", "with clients", "with customers", "with the press", "with press", "with media", "with others", "with outside", "with people outside",
        "with non", "with competitors", "until", "before", "to anyone", "to third", "to external", "to outside", "to any", "even", "this email", "yet", "attached", "contents", "copy", "and", "internally", "for now", "in public", "on social", "at all", "please");

    static readonly WordSet Terms = new(
        "client", "clients", "client type", "computing", "computer", "vm", "vms", "transport", "ledger", "app", "apps", "application", "applications", "stock", "stocks", "stock unit", "shares", "cash", "area", "areas", "access", "mode", "endpoint", "endpoints", "server", "error",
        "api", "apis", "user", "users", "role", "scope", "scopes", "key", "keys", "token", "tokens", "network", "networks", "medicine", "combustion", "affairs", "audit", "auditor", "auditors", "revenue", "link", "links", "id", "ids", "state", "states", "use case", "party", "parties", "parameter", "parameters",
        "value", "values", "data type", "information theory", "informant", "shell", "zone", "zones", "list", "boot", "type", "types", "field", "fields", "method", "methods", "function", "functions", "class", "classes", "package", "packages", "module", "modules", "service", "services", "tool", "tools", "team", "teams", "process",
        "meeting", "meetings", "customer", "customers", "employee", "employees", "stakeholder", "stakeholders", "policy", "policies", "manager", "garden", "santa", "agent", "sauce", "ingredient", "service account", "diet", "environment", "software", "license", "licence", "format", "formats", "protocol", "protocols", "system", "systems", "technology", "hotline", "helpline", "counseling", "support", "interview", "survey");

    readonly ReadOnlySpan<char> before;
    readonly ReadOnlySpan<char> after;
    readonly bool question;

    public Sentence(ReadOnlySpan<char> textBefore, ReadOnlySpan<char> marker, ReadOnlySpan<char> textAfter)
    {
        var start = Boundary(textBefore);
        before = textBefore[start..];
        var end = textAfter.IndexOfAny(".!?\n\r");
        question = end >= 0 && textAfter[end] == '?';
        after = end < 0 ? textAfter : textAfter[..end];
        _ = marker;
    }

    public bool IsQuestion => question;

    public bool IsHypothetical => question || Conditions.In(before) || Terms.LengthAt(after.TrimStart(), 0) > 0;

    public bool IsTermOfArt => after.TrimStart(" :-\u2013\u2014") is { Length: > 0 } next && next.Length < after.Length && Terms.LengthAt(next, 0) > 0;

    /// <summary>The order begins the sentence (or follows "please", "and", "but"), and what it orders concerns this text.</summary>
    public bool IsOrder
    {
        get
        {
            var lead = before.Trim(" \t*_>\"'([{-\u2013\u2014\u2022#!:;,");
            var opens = lead.IsEmpty || EndsWithOpener(lead) || before.TrimEnd() is { Length: > 0 } tail && tail[^1] is ':' or ';' or '\u2014' or '\u2013' or '-' or '(' or '[' or '|' or ',';
            var rest = after.TrimStart(" *_\"'");
            return opens && (rest.IsEmpty || !Chars.IsWord(rest[0]) || Objects.LengthAt(rest, 0) > 0);
        }
    }

    public bool SpeaksOfThisText => ThisText.In(before) && !Conditions.In(before);

    public bool IsPredicateOfThisText
    {
        get
        {
            // The set is looked for at once first: most sentences have none.
            var subject = ThisText.In(before) ? LastSubject() : -1;
            return subject >= 0 && Links.In(before[subject..]) && !Negations.In(before[subject..]);
        }
    }

    int LastSubject()
    {
        for (var at = before.Length - 1; at >= 0; at--)
            if (before[at] is 't' or 'T' or 'a' or 'A' or 'i' or 'I' or 'c' or 'C' or 'd' or 'D' or 'f' or 'F' or 'b' or 'B' or 'e' or 'E' or 'o' or 'O' or 'p' or 'P' && ThisText.LengthAt(before, at) > 0)
                return at;
        return -1;
    }

    static bool EndsWithOpener(ReadOnlySpan<char> lead)
    {
        foreach (var opener in (ReadOnlySpan<string>)["please", "pls", "kindly", "and", "so", "but", "confidential", "reminder", "note", "only", "nda", "internal", "thanks", "again", "between us", "fyi only", "also", "team", "all", "you may", "strictly"])
            if (lead.EndsWith(opener, StringComparison.OrdinalIgnoreCase) && !Chars.IsWord(Chars.At(lead, lead.Length - opener.Length - 1)))
                return true;
        return false;
    }

    /// <summary>Start of the last sentence: after a full stop, question or exclamation mark with a blank, or a line's end.</summary>
    static int Boundary(ReadOnlySpan<char> text)
    {
        for (var at = text.Length - 1; at > 0; at--)
            if (text[at] is '\n' or '\r' || text[at] == ' ' && text[at - 1] is '.' or '!' or '?')
                return at + 1;
        return 0;
    }
}
