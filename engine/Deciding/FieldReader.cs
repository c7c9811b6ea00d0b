using System.Globalization;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>Takes typed fields out of a request object and collects what is wrong. <c>null</c> counts as absent.</summary>
sealed class FieldReader(JsonTree tree)
{
    /// <summary>Enough to mend a request by; a hostile one gets no longer list.</summary>
    const int MostProblems = 20;

    List<JsonProblem>? problems;

    public IReadOnlyList<JsonProblem> Problems => problems ?? (IReadOnlyList<JsonProblem>)[];

    public void Refuse(string path, string message)
    {
        problems ??= [];
        if (problems.Count < MostProblems && !problems.Exists(one => one.Path == path))
            problems.Add(new(path, message));
    }

    /// <summary>The field's node, or -1 where it is absent, null or of another kind.</summary>
    public int Node(string name, JsonKind kind, string words, bool required = false)
    {
        var node = tree.Child(0, name);
        if (node < 0 || tree.Nodes[node].Kind == JsonKind.Null)
        {
            if (required)
                Refuse($"$.{name}", $"`{name}` is required.");
            return -1;
        }
        if (tree.Nodes[node].Kind == kind)
            return node;
        Refuse($"$.{name}", $"`{name}` must be {words}.");
        return -1;
    }

    /// <summary>A string; empty counts as absent.</summary>
    public string? Text(string name, int longest, bool required = false)
    {
        var node = Node(name, JsonKind.String, "a string", required);
        if (node < 0)
            return null;
        var text = tree.Value(node);
        if (text.Length > longest)
            Refuse($"$.{name}", $"`{name}` has {text.Length} characters; at most {longest} are taken.");
        else if (text.ContainsAnyInRange('\0', '\x1f'))
            Refuse($"$.{name}", $"`{name}` holds a control character.");
        else if (text.IsWhiteSpace())
        {
            if (required)
                Refuse($"$.{name}", $"`{name}` is required.");
        }
        else
            return text.ToString();
        return null;
    }

    public int Whole(string name, int least, int most)
    {
        var node = Node(name, JsonKind.Number, "a whole number");
        if (node < 0)
            return least;
        if (int.TryParse(tree.Value(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Refuse($"$.{name}", $"`{name}` must be a whole number from {least} to {most}.");
        return least;
    }
}
