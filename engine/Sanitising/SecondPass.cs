using System.Text;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Sanitising;

/// <summary>
/// Sanitises and looks again until nothing is left: first the matches go, then the whole values of what still shows (a match that only the cut made, or one that
/// stood across two places), at last the whole body.
/// </summary>
public static class SecondPass
{
    const string BodyMarker = "[REDACTED:BODY]";

    /// <summary>How often whole values are replaced before the body goes.</summary>
    const int Rounds = 4;

    /// <param name="tree">The document.</param>
    /// <param name="body">Node of the body; a call without one has nothing to sanitise.</param>
    /// <param name="text">What <see cref="CallText"/> read of it.</param>
    /// <param name="findings">Findings in <paramref name="text"/>.</param>
    /// <param name="fields">Nodes that are replaced whole (<c>sanitize_fields</c>).</param>
    /// <param name="minimum">Least confidence that is redacted.</param>
    /// <param name="classify">Adds what is found in a text; the same detectors that made <paramref name="findings"/>.</param>
    public static Sanitised Sanitise(JsonTree tree, int body, ScanText text, ReadOnlySpan<Finding> findings, ReadOnlySpan<int> fields,
        Confidence minimum, Action<ScanText, FindingList> classify)
    {
        var result = Sanitiser.Sanitise(tree, body, text, findings, fields, minimum);
        if (result.Redactions == 0)
            return result with { IsClean = true };
        var markers = new EmittedMarkers(findings);
        using var again = new ScanText();
        var left = new FindingList();
        for (var round = 0; round < Rounds; round++)
        {
            using var redacted = JsonTree.Parse(result.Json, out _);
            if (redacted is null)
                break;
            again.Reset();
            CallText.ReadBody(redacted, 0, again);
            left.Clear();
            classify(again, left);
            left.RemoveWhere(finding => finding.Confidence < minimum || markers.Covers(again, finding));
            if (left.Count == 0)
                return result with { IsClean = true };
            markers.Add(left.Items);
            var wider = Sanitiser.Apply(redacted, 0, again, RedactionPlan.Of(again, left.Items, minimum, Sanitiser.InBody, redacted, wholeValues: true), []);
            result = wider with { Redactions = result.Redactions + wider.Redactions };
        }
        return new(Nothing(tree.Nodes[body].Kind), result.Redactions + 1, true);
    }

    static ReadOnlyMemory<byte> Nothing(JsonKind kind) => Encoding.UTF8.GetBytes(kind switch
    {
        JsonKind.Object => $"{{\"redacted\":\"{BodyMarker}\"}}",
        JsonKind.Array => $"[\"{BodyMarker}\"]",
        _ => $"\"{BodyMarker}\"",
    });
}
