using System.Globalization;
using System.Text;
using Interven.Engine.Reading;

namespace Interven.Bench;

/// <summary>Harmless bodies as agents send them: keys, prose, ids, amounts, dates, links.</summary>
static class AgentTraffic
{
    static readonly string[] Notes =
    [
        "All positions were reconciled against the custodian's file; two breaks stay open until the counterparty answers.",
        "Please review the attached summary before the committee meets, and keep the thread short.",
        "The key driver was duration: the desk cut exposure by 40 basis points over the quarter.",
    ];

    public static byte[] Body(int bytes)
    {
        var body = new StringBuilder("""{"channel":"#settlement-ops","username":"recon-agent","items":[""");
        for (var item = 0; body.Length < bytes - 260; item++)
            body.Append(item == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $$"""{"title":"Settlement report {{item}}","status":"completed","amount":{{1204.5 + item}},"due":"2026-11-{{1 + item % 28:00}}","ref":"7f3a{{item:x8}}","link":"https://ledger.example/reports/{{item}}","note":"{{Notes[item % Notes.Length]}}"}""");
        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    public static ScanText Text(byte[] body)
    {
        using var tree = JsonTree.Parse(body, out _)!;
        var text = new ScanText();
        BodyText.Read(tree, 0, text);
        return text;
    }
}
