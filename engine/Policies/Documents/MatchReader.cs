using Interven.Contracts;
using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies.Documents;

/// <summary>Reads <c>match</c>.</summary>
static class MatchReader
{
    /// <summary>Every name and alias.</summary>
    public static readonly IReadOnlyList<string> Names = [.. MatchKeys.All.SelectMany(key => key.Aliases.Prepend(key.Name))];

    /// <param name="match">The object with the keys.</param>
    /// <param name="whole">The object holds nothing else, so that other keys are strangers.</param>
    public static IReadOnlyList<MatchClause> Read(ValueAt match, bool whole)
    {
        if (!match.IsObject("`match`"))
            return [];
        if (whole)
            match.KnowsOnly(Names);
        var clauses = new List<MatchClause>();
        foreach (var key in MatchKeys.All)
        {
            var given = match.Members().Where(member => member.Key == key.Name || key.Aliases.Contains(member.Key)).ToList();
            foreach (var (name, at) in given.Skip(1))
                at.Refuse($"`{name}` means the same as `{given[0].Key}`; give one of them.");
            if (given.Count > 0 && Clause(key, given[0].At) is { } clause)
                clauses.Add(clause);
        }
        return clauses;
    }

    static MatchClause? Clause(MatchKey key, ValueAt at)
    {
        if (key.Values == MatchValues.Tags)
            return Tags(key, at);
        return at.Each(entry => Pattern(key.Values, entry)) is { } patterns ? new MatchClause.Patterns(key, patterns) : null;
    }

    static MatchPattern? Pattern(MatchValues values, ValueAt at)
    {
        if (at.String() is not { } text)
            return null;
        if (values == MatchValues.Verb && !Words.TryParseVerb(text, out _))
            return Refused(at, "A verb is `READ`, `WRITE` or `ADMIN`.");
        if (values == MatchValues.Method && !IsMethod(text))
            return Refused(at, $"`{ValueAt.Shown(text)}` is no HTTP method.");
        var (field, pattern) = values == MatchValues.Operation ? Field(text) : (MatchField.Own, text);
        if (field == MatchField.Method && !IsMethod(pattern))
            return Refused(at, $"`{ValueAt.Shown(pattern)}` is no HTTP method.");
        if (values == MatchValues.Channel && pattern.StartsWith('#') && pattern.Length > 1)
            pattern = pattern[1..];
        var glob = Glob.Parse(pattern, out var fault);
        return glob is null ? Refused(at, fault) : new(text, field, glob);
    }

    static (MatchField Field, string Pattern) Field(string text) =>
        text.StartsWith("category:", StringComparison.Ordinal) ? (MatchField.Category, text["category:".Length..])
        : text.StartsWith("method:", StringComparison.Ordinal) ? (MatchField.Method, text["method:".Length..])
        : (MatchField.Own, text);

    static bool IsMethod(string text) => text.Length is > 0 and <= 32 && text.All(char.IsAsciiLetterUpper);

    static MatchPattern? Refused(ValueAt at, string message)
    {
        at.Refuse(message);
        return null;
    }

    static MatchClause.Tags? Tags(MatchKey key, ValueAt at)
    {
        if (!at.IsObject($"`{key.Name}`"))
            return null;
        if (at.Value.Members.Count == 0)
            at.Refuse("The object is empty. Leave the key out where it should not restrict.");
        var tags = new List<KeyValuePair<string, IReadOnlyList<Glob>>>();
        foreach (var (name, value) in at.Members())
            if (value.Each(entry => Pattern(MatchValues.Pattern, entry)?.Glob) is { } globs)
                tags.Add(new(name, globs));
        return tags.Count == at.Value.Members.Count && tags.Count > 0 ? new MatchClause.Tags(key, tags) : null;
    }
}
