using Interven.Engine.Classifying;
using Interven.Engine.Classifying.Personal;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Classifying.Personal;

public class EmailSpanTests
{
    [Theory]
    [InlineData("<mailto:jane.roe@contoso.com|jane.roe@contoso.com>", "<mailto:#|#>")]
    [InlineData("channel=C1&text=jane.roe@contoso.com", "channel=C1&text=#")]
    [InlineData("|Jane|jane.roe@contoso.com|", "|Jane|#|")]
    [InlineData("{jane.roe@contoso.com}", "{#}")]
    [InlineData("_jane.roe@contoso.com_ `jane.roe@contoso.com`", "_#_ `#`")]
    public void A_redacted_address_leaves_what_stands_around_it(string text, string becomes)
    {
        using var read = new ScanText();
        read.Add(new(read.Write(text), text.Length, TextOrigin.BodyValue, 1, TextLayer.Plain, -1, 0, 0, -1, 0));
        var findings = new FindingList();
        EveryTrigger.Run(read, [EmailAddress.Detector], findings);
        foreach (var finding in findings.Items.ToArray().OrderByDescending(one => one.Start))
            text = text.Remove(finding.Start, finding.Length).Insert(finding.Start, "#");
        Assert.Equal(becomes, text);
    }
}
