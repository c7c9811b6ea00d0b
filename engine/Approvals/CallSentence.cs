using System.Buffers;
using System.Globalization;
using System.Text;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>
/// What a paused call would do, in one sentence for whoever decides: <c>transfer_funds to ACME Logistics: amount 25,000</c>. It is made from the record and
/// the redacted body alone, so no detected value can stand in it. All places that name a recipient or a sum count, not the first one: a second
/// recipient that the sentence passed over would be the one that matters.
/// </summary>
public static class CallSentence
{
    public const int Longest = 280;
    const int LongestValue = 60, MostOfAKind = 3, MostVisited = 5000;

    /// <param name="record">The pausing scan's record.</param>
    /// <param name="url">As <see cref="RecordOf.UrlForReview"/> gives it: what some services take as a body, others take as its query.</param>
    /// <param name="redactedBody">The body without any finding; empty where there was none or it could not be redacted.</param>
    public static string Of(DecisionRecord record, string url, ReadOnlyMemory<byte> redactedBody)
    {
        var facts = new Facts();
        facts.ReadQuery(url);
        if (redactedBody.Length > 0)
            facts.Read(redactedBody);
        var sentence = new StringBuilder(Cut(record.Operation, LongestValue));
        if (facts.Recipients.Count > 0)
            Join(sentence.Append(" to "), facts.Recipients, " and ");
        else
            sentence.Append(" on ").Append(record.Tool == "custom_proxy" && HostOf(record.Url) is { Length: > 0 } host ? Cut(host, LongestValue) : record.Tool);
        if (facts.Figures.Count > 0)
            Join(sentence.Append(": "), facts.Figures, ", ");
        if (facts.Subjects.Count > 0)
            Join(sentence.Append(facts.Figures.Count > 0 ? "; " : ": "), facts.Subjects, ", ");
        if (record.BodyBytes > 0 && redactedBody.Length == 0)
            sentence.Append(" (the body cannot be shown)");
        return Cut(sentence.ToString(), Longest);
    }

    static void Join(StringBuilder sentence, List<string> parts, string between)
    {
        sentence.AppendJoin(between, parts.Take(MostOfAKind));
        if (parts.Count > MostOfAKind)
            sentence.Append(CultureInfo.InvariantCulture, $" and {parts.Count - MostOfAKind} more");
    }

    static string HostOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#');
        return end < 0 ? url[start..] : url.Substring(start, end);
    }

    /// <summary>One line of visible characters, cut between graphemes: nothing in a value may break, hide or turn round what stands beside it.</summary>
    static string Cut(ReadOnlySpan<char> text, int most)
    {
        var line = new StringBuilder();
        var inText = text.ToString();
        for (var at = 0; at < inText.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(inText, at);
            if (line.Length + length > most - 1 && at + length < inText.Length || line.Length + length > most)
                return line.ToString().TrimEnd() + "…";
            Append(line, inText.AsSpan(at, length));
            at += length;
        }
        return line.ToString().Trim();
    }

    static void Append(StringBuilder line, ReadOnlySpan<char> element)
    {
        foreach (var rune in element.EnumerateRunes())
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned:
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator:
                    if (line.Length > 0 && line[^1] != ' ')
                        line.Append(' ');
                    break;
                default:
                    line.Append(rune.ToString());
                    break;
            }
    }

    sealed class Facts
    {
        static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.-");
        int visited;

        public List<string> Recipients { get; } = [];
        public List<string> Figures { get; } = [];
        public List<string> Subjects { get; } = [];

        public void Read(ReadOnlyMemory<byte> json)
        {
            using var tree = JsonTree.Parse(json, out _);
            if (tree is null)
                return;
            if (tree.Nodes[0].Kind != JsonKind.String)
                Visit(tree, 0, isRecipient: false);
            else if (Nested(tree.Value(0)) is { } inner)
                using (inner)
                    Visit(inner, 0, isRecipient: false);
        }

        public void ReadQuery(string url)
        {
            var question = url.IndexOf('?', StringComparison.Ordinal);
            foreach (var pair in question < 0 ? [] : url[(question + 1)..].Split('&').Take(MostVisited))
                if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && Plainly(pair[(equals + 1)..]) is { Length: > 0 } value && value != "[REDACTED]")
                    Learn(SentenceWords.Of(pair.AsSpan(0, equals)), Cut(pair[..equals].Replace('_', ' '), LongestValue), Cut(value, LongestValue));
        }

        static string Plainly(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));

        void Learn(SentenceWord word, string name, string value)
        {
            if (word == SentenceWord.Recipient)
                Add(Recipients, value);
            else if (word is SentenceWord.Figure or SentenceWord.Subject)
                Add(word == SentenceWord.Figure ? Figures : Subjects, $"{name} {value}");
        }

        /// <summary>A body that is JSON in a string.</summary>
        static JsonTree? Nested(ReadOnlySpan<char> text) =>
            text.TrimStart() is ['{' or '[', ..] ? JsonTree.ParseNested(Encoding.UTF8.GetBytes(text.ToArray())) : null;

        void Visit(JsonTree tree, int node, bool isRecipient)
        {
            for (var child = node + 1; child < tree.Nodes[node].End && visited++ < MostVisited; child = tree.Nodes[child].End)
            {
                var word = tree.Nodes[node].Kind == JsonKind.Object ? SentenceWords.Of(tree.Key(child)) : isRecipient ? SentenceWord.Recipient : SentenceWord.None;
                if (tree.Nodes[child].Kind is JsonKind.Object or JsonKind.Array)
                    Visit(tree, child, word == SentenceWord.Recipient);
                else
                    Leaf(tree, node, child, isRecipient && SentenceWords.IsWithin(tree.Key(child)) ? SentenceWord.Recipient : word);
            }
        }

        void Leaf(JsonTree tree, int parent, int node, SentenceWord word)
        {
            var value = tree.Value(node);
            var isNumber = tree.Nodes[node].Kind == JsonKind.Number;
            if (!value.IsEmpty)
                Learn(word, Name(tree, node), word != SentenceWord.Figure ? isNumber ? value.ToString() : Cut(value, LongestValue)
                    : (isNumber ? Grouped(value) : Cut(value, LongestValue)) + CurrencyOf(tree, parent));
        }

        static void Add(List<string> facts, string fact)
        {
            if (fact.Length > 0 && !facts.Contains(fact, StringComparer.Ordinal))
                facts.Add(fact);
        }

        static string Name(JsonTree tree, int node) => Cut(tree.Key(node).ToString().Replace('_', ' '), LongestValue);

        static string CurrencyOf(JsonTree tree, int parent)
        {
            if (tree.Nodes[parent].Kind == JsonKind.Object)
                for (var child = parent + 1; child < tree.Nodes[parent].End; child = tree.Nodes[child].End)
                    if (tree.Nodes[child].Kind == JsonKind.String && SentenceWords.Of(tree.Key(child)) == SentenceWord.Currency)
                        return " " + Cut(tree.Value(child), 8);
            return "";
        }

        /// <summary>25000.5 → 25,000.5. What is no plain decimal is shown as it was sent.</summary>
        static string Grouped(ReadOnlySpan<char> lexeme)
        {
            if (lexeme.Length > 28 || lexeme.ContainsAnyExcept(Plain))
                return Cut(lexeme, LongestValue);
            var dot = lexeme.IndexOf('.');
            var whole = dot < 0 ? lexeme : lexeme[..dot];
            return decimal.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? string.Concat(value.ToString("N0", CultureInfo.InvariantCulture), dot < 0 ? "" : lexeme[dot..])
                : Cut(lexeme, LongestValue);
        }
    }
}
