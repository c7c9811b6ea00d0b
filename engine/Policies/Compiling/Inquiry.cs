namespace Interven.Engine.Policies.Compiling;

/// <summary>One evaluation under way: the facts, and which texts of the set stand in the body, found at most once and only when asked.</summary>
ref struct Inquiry(PolicyFacts facts, SubstringTable substrings)
{
    ulong[]? present;

    public PolicyFacts Facts { get; } = facts;

    public bool Contains(int substring)
    {
        present ??= substrings.FindIn(Facts.Text);
        return (present[substring >> 6] & (1UL << (substring & 63))) != 0;
    }
}
