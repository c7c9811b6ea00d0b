namespace Interven.Engine.Policies.Matching;

/// <summary>
/// A path into a body: <c>$.a.b[0]</c>, <c>$..name</c>, <c>[*]</c>, <c>.*</c>, <c>['odd key']</c> (a subset of RFC 9535 without filters, slices and
/// negative indexes). Names are compared exactly. Several values may stand at one path; conditions mean any of them.
/// </summary>
public sealed class JsonPath
{
    /// <summary>Longest path taken, in steps.</summary>
    public const int MaxSteps = 32;

    internal JsonPath(string text, PathStep[] steps) => (Text, Steps) = (text, steps);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    internal PathStep[] Steps { get; }

    /// <summary>Reads a path; <paramref name="fault"/> says what is wrong with a bad one.</summary>
    public static JsonPath? Parse(string text, out string fault) => new JsonPathParser(text).Parse(out fault);

    /// <summary>Every place in the body of <paramref name="facts"/> that the path means, strings that hold JSON entered as if unquoted.</summary>
    public IReadOnlyList<BodyPlace> Select(PolicyFacts facts) => Select(facts.Tree, facts.Body, facts.Embedded);

    /// <summary>Every place at and below <paramref name="body"/> that the path means.</summary>
    public IReadOnlyList<BodyPlace> Select(Reading.JsonTree tree, int body, IReadOnlyList<Reading.EmbeddedJson> embedded)
    {
        var places = new List<BodyPlace>();
        PathWalk.Any(this, tree, body, embedded, new Collector(embedded, places), out _);
        return places;
    }

    public override string ToString() => Text;

    sealed class Collector(IReadOnlyList<Reading.EmbeddedJson> trees, List<BodyPlace> places) : INodeTest
    {
        public Truth Test(Reading.JsonTree tree, int node)
        {
            var embedded = -1;
            for (var i = 0; i < trees.Count && embedded < 0; i++)
                if (ReferenceEquals(trees[i].Tree, tree))
                    embedded = i;
            places.Add(new(embedded, node));
            return Truth.False;
        }
    }
}

/// <summary>A value in the body, or in JSON that a string of the body holds.</summary>
/// <param name="Embedded">Index in <see cref="PolicyFacts.Embedded"/>; -1 for the body itself.</param>
/// <param name="Node">Node in that tree.</param>
public readonly record struct BodyPlace(int Embedded, int Node);

enum StepKind : byte { Name, Index, Any }

/// <summary>One step of a path; <paramref name="Descend"/> for <c>..</c>, at any depth below.</summary>
readonly record struct PathStep(StepKind Kind, bool Descend, string Name, int Index);
