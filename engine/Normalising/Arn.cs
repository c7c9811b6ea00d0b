using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>Finds the account in Amazon resource names: <c>arn:aws:iam::123456789012:role/x</c>.</summary>
static class Arn
{
    const int AccountLength = 12;

    /// <summary>The first account in the text; managed policies have none.</summary>
    public static string? Account(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        for (var start = text.IndexOf("arn:aws"); start >= 0; start = text.IndexOf("arn:aws"))
        {
            text = text[(start + 7)..];
            if (text[..Math.Min(text.Length, 120)].Split(parts, ':') == 5 && IsAccount(text[parts[3]]))
                return text[parts[3]].ToString();
        }
        return null;
    }

    /// <summary>The first account in the fields of a JSON body.</summary>
    public static string? Account(CallBody body)
    {
        if (body.Root < 0)
            return null;
        var tree = body.Tree;
        for (var node = body.Root; node < tree.Nodes[body.Root].End; node++)
            if (tree.Nodes[node].Kind == JsonKind.String && Account(tree.Value(node)) is { } account)
                return account;
        return null;
    }

    public static bool IsAccount(ReadOnlySpan<char> text) => text.Length == AccountLength && !text.ContainsAnyExceptInRange('0', '9');
}
