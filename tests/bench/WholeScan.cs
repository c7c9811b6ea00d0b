using System.Text;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Risk;

namespace Interven.Bench;

/// <summary>One clean scan, bytes in and bytes out, without anything around the engine: the nine seed policies and one of the tenant's own.</summary>
public sealed class WholeScan
{
    static readonly Caller Caller = new() { KeyId = "Zk8Lq2Xv", KeyPrefix = "iv_live_Zk8Lq2Xv", AgentId = "settlement-bot", ClientIp = "10.0.0.7" };
    static readonly TraceId Trace = new(Guid.Parse("0197a3f0-0000-7000-8000-000000000001"));
    static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    readonly AgentFacts agent = new() { Trust = .6, Scans = 500 };
    readonly TenantSnapshot tenant;

    public WholeScan(int bytes = 1024)
    {
        Request = RequestOf(bytes);
        var own = PolicyReader.Read("""
            {"name":"large transfers","rules":[{"verbs":["WRITE"],"body_path_gte":{"path":"$..amount","value":1000000},"action":"REQUIRE_APPROVAL"}]}
            """).Document!;
        var rules = PolicySet.Compile(PolicyLibrary.Seeds.Append(own).Select(policy => StoredPolicy.Of(Guid.Empty, 1, policy)));
        tenant = new()
        {
            Tenant = new(Guid.Parse("0197a3f0-0000-7000-8000-000000000002")),
            Version = 1,
            Classifier = Detectors.Shared,
            Stages = TenantStages.Of(rules, Detectors.Shared, TenantTools.None, InternalDomains.None),
            Key = new(Encoding.ASCII.GetBytes(new string('k', FingerprintKey.Length))),
        };
    }

    /// <summary>The request as it comes off the wire.</summary>
    public byte[] Request { get; }

    public IncomingScan Read() => ScanReader.Read(Request).Scan!;

    public PreparedScan Prepare(IncomingScan scan) => ((PrepareReply.Prepared)Preparation.Of(scan, tenant, Caller)).Scan;

    public Outcome Decide(PreparedScan scan) => Resolution.Of(Pipeline.Decide(scan, agent, Now));

    public static StoredRecord Record(PreparedScan scan, Outcome outcome) =>
        RecordOf.Outcome(scan, outcome, new() { Trace = Trace, Time = Now, DurationUs = 400, EngineVersion = "0.1.0" });

    public static byte[] Answer(Outcome outcome) => ScanAnswer.ToBytes(outcome, Trace);

    public (StoredRecord Record, byte[] Answer) Run()
    {
        using var scan = Prepare(Read());
        scan.Classify();
        var outcome = Decide(scan);
        return (Record(scan, outcome), Answer(outcome));
    }

    /// <summary>A request of exactly so many bytes with a clean body.</summary>
    static byte[] RequestOf(int bytes)
    {
        const string Head = """{"method":"POST","url":"https://slack.com/api/chat.postMessage","agent_id":"settlement-bot","runtime_type":"langchain","headers":{"Content-Type":"application/json"},"body":""";
        var body = Encoding.UTF8.GetString(AgentTraffic.Body(bytes - Head.Length - 1));
        return Encoding.UTF8.GetBytes(Head + body + "}" + new string(' ', Math.Max(0, bytes - Head.Length - 1 - body.Length)));
    }
}
