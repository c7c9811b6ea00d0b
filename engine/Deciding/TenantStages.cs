using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Policies.Matching;
using Interven.Engine.Reading;
using Interven.Engine.Sanitising;

namespace Interven.Engine.Deciding;

/// <summary>Binds the pipeline's stages to one tenant's tools, rules and detectors.</summary>
public static class TenantStages
{
    public static Stages Of(PolicySet policies, Classifier classifier, TenantTools tools, InternalDomains inside) => new(
        (IncomingScan scan, out JsonProblem? problem) => Identify(scan, tools, inside, out problem),
        Read,
        facts => RuleVerdict.Of(policies.Evaluate(facts)),
        (tree, body, text, findings, least, fields) => Sanitise(classifier, tree, body, text, findings, least, fields));

    static ToolCall? Identify(IncomingScan scan, TenantTools tools, InternalDomains inside, out JsonProblem? problem)
    {
        var url = UrlNormaliser.Read(scan.Url, out var fault);
        problem = url is null ? new("$.url", fault ?? "The url cannot be read.") : null;
        return url is null ? null
            : Normaliser.Identify(new(scan.Method, url, scan.Tree, scan.Body, scan.Headers, scan.ToolName, scan.Operation), tools, inside);
    }

    static IReadOnlyList<EmbeddedJson> Read(IncomingScan scan, ScanText into)
    {
        CallText.Read(scan.Tree, scan.Body, scan.Url, scan.Headers, scan.Context < 0 ? [] : scan.Tree.Value(scan.Context), into);
        return into.Embedded;
    }

    static SanitisedBody? Sanitise(
        Classifier classifier, JsonTree tree, int body, ScanText text, FindingList findings, Confidence least, IReadOnlyList<string> fields)
    {
        var result = SecondPass.Sanitise(tree, body, text, findings.Items, Nodes(tree, body, text, fields), least, classifier.Classify);
        return result.IsClean ? new(result.Json.ToArray(), result.Redactions) : null;
    }

    /// <summary>A field inside JSON that a string holds takes the whole string with it.</summary>
    static int[] Nodes(JsonTree tree, int body, ScanText text, IReadOnlyList<string> fields) => fields.Count == 0 ? [] :
    [
        .. fields.Select(field => JsonPath.Parse(field, out _)).OfType<JsonPath>()
            .SelectMany(path => path.Select(tree, body, text.Embedded))
            .Select(place => place.Embedded < 0 ? place.Node : text.Embedded[place.Embedded].Node).Distinct(),
    ];
}
