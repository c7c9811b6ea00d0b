using System.Globalization;

namespace Interven.Engine.Policies.Documents;

/// <summary>A value of a document with the path to it, and the list that problems go to. Each reading method returns null after adding a problem.</summary>
readonly record struct ValueAt(DocumentValue Value, string Path, List<PolicyProblem> Problems)
{
    /// <summary>Most entries in one list.</summary>
    const int MaxEntries = 500;

    public DocumentKind Kind => Value.Kind;

    public void Refuse(string message) => Problems.Add(new(Path, message, Value.Line, Value.Column));

    public ValueAt? Member(string name)
    {
        foreach (var (key, value) in Value.Members)
            if (key == name)
                return this with { Value = value, Path = PathText.Member(Path, key) };
        return null;
    }

    public IEnumerable<(string Key, ValueAt At)> Members()
    {
        foreach (var (key, value) in Value.Members)
            yield return (key, this with { Value = value, Path = PathText.Member(Path, key) });
    }

    public bool IsObject(string what)
    {
        if (Kind != DocumentKind.Object)
            Refuse($"{what} is an object.");
        return Kind == DocumentKind.Object;
    }

    /// <summary>Adds a problem for each key that is not in <paramref name="known"/>.</summary>
    public void KnowsOnly(IReadOnlyCollection<string> known)
    {
        foreach (var (key, at) in Members())
            if (!known.Contains(key))
                at.Refuse($"`{Shown(key)}` is no key here.{Suggestion.For(key, known)}");
    }

    public string? String(int maxLength = 512)
    {
        if (Kind != DocumentKind.String)
            Refuse(Kind is DocumentKind.Number or DocumentKind.Boolean ? "A text is wanted here; put it in quotes." : "A text is wanted here.");
        else if (string.IsNullOrWhiteSpace(Value.Text))
            Refuse("The text is empty.");
        else if (Value.Text.Length > maxLength)
            Refuse($"The text is longer than {maxLength} characters.");
        else
            return Value.Text;
        return null;
    }

    /// <summary>The entries of a list; a single value is a list of one.</summary>
    public IReadOnlyList<ValueAt>? Entries()
    {
        if (Kind != DocumentKind.List)
            return [this];
        if (Value.Items.Count == 0)
            Refuse("The list is empty. Leave the key out where it should not restrict.");
        else if (Value.Items.Count > MaxEntries)
            Refuse($"The list has more than {MaxEntries} entries.");
        else
        {
            var self = this;
            return [.. Value.Items.Select((item, i) => self with { Value = item, Path = $"{self.Path}[{i}]" })];
        }
        return null;
    }

    /// <summary>One or more texts, each turned into something by <paramref name="read"/>, which may refuse it; null if any was refused.</summary>
    public IReadOnlyList<T>? Each<T>(Func<ValueAt, T?> read) where T : class
    {
        if (Entries() is not { } entries)
            return null;
        var all = entries.Select(read).ToList();
        return all.Contains(null) ? null : [.. all.Select(one => one!)];
    }

    public IReadOnlyList<string>? Strings() => Each(entry => entry.String());

    public bool? Boolean()
    {
        if (Kind == DocumentKind.Boolean)
            return Value.Text == "true";
        Refuse("`true` or `false` is wanted here, without quotes.");
        return null;
    }

    public int? Integer(int min, int max)
    {
        if (Kind == DocumentKind.Number
            && decimal.TryParse(Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number >= min && number <= max)
            return (int)number;
        Refuse(string.Create(CultureInfo.InvariantCulture, $"A whole number from {min} to {max} is wanted here."));
        return null;
    }

    /// <summary>A level from 0 to 1.</summary>
    public double? Level()
    {
        if (Kind == DocumentKind.Number && double.TryParse(Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1)
            return number;
        Refuse("A number from 0 to 1 is wanted here.");
        return null;
    }

    /// <summary>A word of the document as a message may show it.</summary>
    public static string Shown(string word) => word.Length <= 60 ? word : $"{word[..60]}…";
}
