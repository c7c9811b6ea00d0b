using Interven.Contracts;
using Interven.Engine.Classifying.Health;

namespace Interven.Engine.Tests.Classifying.Health;

public class HealthCaseTests
{
    public static TheoryData<string, string, bool> Cases => CaseFiles.Of("phi");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_found_or_left_alone(string kind, string text, bool found)
    {
        var findings = EveryTrigger.FindIn(CaseFiles.Body(text), HealthDetectors.All);
        var sure = findings.Items.ToArray().Where(finding => finding.Kind.Name == kind && finding.Confidence >= Confidence.Medium);
        Assert.Equal(found, sure.Any());
    }
}
