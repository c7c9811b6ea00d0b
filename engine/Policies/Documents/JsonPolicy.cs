using Interven.Engine.Reading;

namespace Interven.Engine.Policies.Documents;

/// <summary>Reads a policy document that is written in JSON.</summary>
static class JsonPolicy
{
    public static DocumentValue? Read(ReadOnlyMemory<byte> utf8, List<PolicyProblem> problems)
    {
        using var tree = JsonTree.Parse(utf8, out var problem);
        if (tree is null)
        {
            problems.Add(new(problem!.Path, problem.Message));
            return null;
        }
        var lines = new LineCounter(utf8);
        var node = 0;
        return Copy(tree, ref node, lines);
    }

    /// <summary>The tree is at most 64 deep, so recursion is bounded.</summary>
    static DocumentValue Copy(JsonTree tree, ref int node, LineCounter lines)
    {
        var here = tree.Nodes[node];
        var (line, column) = lines.At(here.RawStart);
        var value = new DocumentValue(KindOf(here.Kind), line, column)
        {
            Text = here.Kind switch
            {
                JsonKind.True => "true",
                JsonKind.False => "false",
                _ => tree.Value(node).ToString(),
            },
        };
        for (node++; node < here.End;)
            if (here.Kind == JsonKind.Object)
            {
                var key = tree.Key(node).ToString();
                value.Members.Add(new(key, Copy(tree, ref node, lines)));
            }
            else
                value.Items.Add(Copy(tree, ref node, lines));
        return value;
    }

    static DocumentKind KindOf(JsonKind kind) => kind switch
    {
        JsonKind.Object => DocumentKind.Object,
        JsonKind.Array => DocumentKind.List,
        JsonKind.String => DocumentKind.String,
        JsonKind.Number => DocumentKind.Number,
        JsonKind.Null => DocumentKind.Null,
        _ => DocumentKind.Boolean,
    };

    /// <summary>Turns ascending byte offsets into lines and columns in one pass.</summary>
    sealed class LineCounter(ReadOnlyMemory<byte> utf8)
    {
        int offset;
        int line = 1;
        int lineStart;

        public (int Line, int Column) At(int wanted)
        {
            for (; offset < wanted; offset++)
                if (utf8.Span[offset] == (byte)'\n')
                {
                    line++;
                    lineStart = offset + 1;
                }
            return (line, wanted - lineStart + 1);
        }
    }
}
