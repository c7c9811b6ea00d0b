using System.Text;
using Interven.Engine.Classifying;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying;

/// <summary>Runs some detectors over a body as the product does: read in all its disguises, triggered in one pass.</summary>
static class EveryTrigger
{
    public static FindingList FindIn(string json, IEnumerable<Detector> detectors)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(json), out var problem);
        Assert.True(tree is not null, problem?.Message);
        using var text = new ScanText();
        CallText.ReadBody(tree, 0, text);
        var findings = new FindingList();
        Run(text, detectors, findings);
        return findings;
    }

    public static void Run(ScanText text, IEnumerable<Detector> detectors, FindingList findings) => new Classifier([.. detectors]).Classify(text, findings);
}
