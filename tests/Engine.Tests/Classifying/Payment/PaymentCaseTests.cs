using Interven.Contracts;
using Interven.Engine.Classifying.Payment;

namespace Interven.Engine.Tests.Classifying.Payment;

public class PaymentCaseTests
{
    public static TheoryData<string, string, bool> Cases => CaseFiles.Of("pci");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_is_found_or_left_alone(string kind, string text, bool found)
    {
        var findings = EveryTrigger.FindIn(CaseFiles.Body(text), PaymentDetectors.All);
        var sure = findings.Items.ToArray().Where(finding => finding.Kind.Name == kind && finding.Confidence >= Confidence.Medium);
        Assert.Equal(found, sure.Any());
    }
}
