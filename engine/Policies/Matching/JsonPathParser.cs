using System.Globalization;
using System.Text;

namespace Interven.Engine.Policies.Matching;

/// <summary>Reads the path language of <see cref="JsonPath"/>.</summary>
sealed class JsonPathParser(string text)
{
    const int MaxLength = 512;
    readonly List<PathStep> steps = [];
    int at = 1;
    string? fault;

    public JsonPath? Parse(out string why)
    {
        if (text.Length is 0 or > MaxLength)
            fault = $"A path has 1 to {MaxLength} characters.";
        else if (text[0] != '$')
            fault = "A path starts with `$`, the body itself.";
        while (fault is null && at < text.Length)
            Step();
        if (fault is null && steps.Count > JsonPath.MaxSteps)
            fault = $"A path has at most {JsonPath.MaxSteps} steps.";
        why = fault ?? "";
        return fault is null ? new JsonPath(text, [.. steps]) : null;
    }

    void Step()
    {
        var descend = false;
        if (text[at] == '.')
        {
            at++;
            descend = Take('.');
            if (!descend || at >= text.Length || text[at] != '[')
            {
                Name(descend);
                return;
            }
        }
        if (Take('['))
            Bracket(descend);
        else
            fault = $"Character {at + 1} of the path should be `.` or `[`.";
    }

    void Name(bool descend)
    {
        if (Take('*'))
        {
            steps.Add(new(StepKind.Any, descend, "", 0));
            return;
        }
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '$' or '@'))
            at++;
        if (at == start)
            fault = at >= text.Length ? "The path ends where a name should stand." : $"Character {at + 1} of the path cannot start a name; write `['…']` around an odd one.";
        else
            steps.Add(new(StepKind.Name, descend, text[start..at], 0));
    }

    void Bracket(bool descend)
    {
        if (Take('*'))
            steps.Add(new(StepKind.Any, descend, "", 0));
        else if (at < text.Length && text[at] is '\'' or '"')
            Quoted(descend);
        else
            Index(descend);
        if (fault is null && !Take(']'))
            fault = $"Character {at + 1} of the path should be `]`.";
    }

    void Index(bool descend)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at == start || !int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            fault = "Between `[` and `]` stands an index from 0, `*`, or a name in quotes.";
        else
            steps.Add(new(StepKind.Index, descend, "", index));
    }

    void Quoted(bool descend)
    {
        var quote = text[at++];
        var name = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            name.Append(text[at++]);
        }
        if (!Take(quote))
            fault = "A quoted name in the path is not closed.";
        else
            steps.Add(new(StepKind.Name, descend, name.ToString(), 0));
    }

    bool Take(char wanted)
    {
        if (at >= text.Length || text[at] != wanted)
            return false;
        at++;
        return true;
    }
}
