using System.Text;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Deciding;

/// <summary>Where a finding stands, without ever quoting a name that was itself found: a key that is a card number is written as its redaction.</summary>
sealed class FindingPaths
{
    readonly JsonTree tree;
    readonly int body;
    readonly ScanText text;
    readonly Dictionary<int, string> redactedKeys = [];
    readonly HashSet<string> redactedHeaders = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<int, string> known = [];

    public FindingPaths(JsonTree tree, int body, ScanText text, FindingList findings)
    {
        (this.tree, this.body, this.text) = (tree, body, text);
        foreach (ref readonly var finding in findings.Items)
        {
            var segment = text.Segments[Carrier(text, finding.Segment)];
            if (segment.Origin == TextOrigin.BodyKey && segment.Node >= 0)
                redactedKeys[segment.Node] = finding.Kind.Redaction;
            if (segment.Origin == TextOrigin.HeaderName)
                redactedHeaders.Add(text.Chars.Slice(segment.Start, segment.Length).ToString());
        }
    }

    public string Of(int segment)
    {
        var carrier = Carrier(text, segment);
        if (!known.TryGetValue(carrier, out var path))
            known[carrier] = path = Write(carrier);
        return path;
    }

    public static int Carrier(ScanText text, int segment)
    {
        while (text.Segments[segment].Carrier is var carrier and >= 0 && carrier < segment)
            segment = carrier;
        return segment;
    }

    string Write(int segment) => text.Segments[segment].Origin switch
    {
        TextOrigin.Url => "url",
        TextOrigin.Context => "context",
        TextOrigin.HeaderName => "headers",
        TextOrigin.HeaderValue => HeaderPath(text.FieldOf(segment).ToString()),
        _ => redactedKeys.Count == 0 ? JsonPaths.Of(tree, text.Segments[segment].Node, body) : BodyPath(text.Segments[segment].Node),
    };

    string HeaderPath(string name) => redactedHeaders.Contains(name) ? "headers" : $"headers.{name.ToLowerInvariant()}";

    string BodyPath(int node)
    {
        var steps = new Stack<int>();
        for (var at = node; at >= 0 && at != body; at = tree.Nodes[at].Parent)
            steps.Push(at);
        var path = new StringBuilder("$");
        foreach (var step in steps)
            if (redactedKeys.TryGetValue(step, out var redaction))
                path.Append("['").Append(redaction).Append("']");
            else
                path.Append(JsonPaths.Of(tree, step, tree.Nodes[step].Parent).AsSpan(1));
        return path.ToString();
    }
}
