using Interven.Engine.Policies.Matching;

namespace Interven.Engine.Policies.Compiling;

/// <summary>One evaluation under way: the facts, which texts of the set stand in the body, and where the last path led; each found once and only when asked.</summary>
ref struct Inquiry(PolicyFacts facts, SubstringTable substrings)
{
    ulong[]? present;
    string? emptyPath;

    public PolicyFacts Facts { get; } = facts;

    public bool Contains(int substring)
    {
        present ??= substrings.FindIn(Facts.Text);
        return (present[substring >> 6] & (1UL << (substring & 63))) != 0;
    }

    /// <summary>Judges the values at a path. Policies tend to ask for the same path, and most calls have nothing there, so that is remembered.</summary>
    public Truth Any(JsonPath path, INodeTest test)
    {
        if (path.Text.Equals(emptyPath, StringComparison.Ordinal))
            return Truth.False;
        var truth = PathWalk.Any(path, Facts, test, out var visited);
        if (!visited)
            emptyPath = path.Text;
        return truth;
    }
}
