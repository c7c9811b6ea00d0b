using System.Text;
using Interven.Engine.Evidence;
using Interven.Grains.Ports;
using Interven.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Bench;

/// <summary>Fills the store of an installation with records of the demo tenant, sealed bodies and all, as a day of traffic would.</summary>
static class FillRecords
{
    public static readonly Contracts.TenantId Demo = new(new Guid("01900000-0000-7000-8000-000000000001"));

    /// <summary>Records from a day ago on, 80 ms apart.</summary>
    public static Task Run(string folder, int records)
    {
        var oldest = TimeProvider.System.GetUtcNow().AddDays(-1);
        return Run(new() { DataFolder = folder }, records, oldest, oldest.AddMilliseconds(records * 80L));
    }

    /// <summary>Records spread evenly between two times.</summary>
    public static async Task Run(StorageOptions store, int records, DateTimeOffset oldest, DateTimeOffset newest)
    {
        await using var services = new ServiceCollection().AddIntervenStorage(store).BuildServiceProvider();
        var (log, sealer) = (services.GetRequiredService<IDecisionLog>(), await services.GetRequiredService<IVault>().For(Demo));
        for (var done = 0; done < records;)
        {
            var batch = Enumerable.Range(done, Math.Min(2000, records - done)).Select(n => log.Append(new() { Row = Row(n, oldest + ((newest - oldest) * n / records), sealer) }).AsTask()).ToArray();
            foreach (var reply in await Task.WhenAll(batch))
                if (reply is not CommitReply.Committed)
                    throw new InvalidOperationException($"A record was not committed: {reply}");
            done += batch.Length;
        }
    }

    static DecisionRow Row(int n, DateTimeOffset time, ITenantVault sealer)
    {
        var trace = new Contracts.TraceId(Guid.CreateVersion7(time));
        var record = new DecisionRecord
        {
            Trace = trace, Tenant = Demo, Time = time, Environment = "production", Decision = n % 50 == 0 ? Contracts.Decision.Sanitize : Contracts.Decision.Allow, RiskScore = .12, Band = Contracts.RiskBand.Low,
            Reasons = n % 50 == 0 ? ["PII_DETECTED"] : [], Tool = "slack", Operation = "post_message", Verb = Contracts.Verb.Write, Method = "POST", Url = "https://slack.com/api/chat.postMessage",
            AgentId = $"agent-{n % 97}", AgentName = "Support", RuntimeType = "langgraph", KeyId = "kkkkkkkk", KeyPrefix = "iv_live_kkkkkkkk", ClientIp = "203.0.113.7",
            Findings = n % 50 == 0 ? [new("email_address", Contracts.DataClasses.Pii, "$.text", Contracts.Confidence.High, 1, new((ulong)n, 1))] : [],
            Signals = [new("classifier", .1, []), new("baseline", 0, []), new("correlation", 0, []), new("threat_intel", 0, []), new("intent", 0, [])],
            BodySha256 = new string('a', 64), BodyBytes = 240, ContextFacts = """{"agent":{"trust":1,"scans":100},"call":{"is_external":true,"url_is_known":true,"category":"messaging"}}"""u8.ToArray(),
            DurationUs = 310, EngineVersion = "1.0.0",
        };
        var canonical = RecordBytes.Write(record);
        var body = Encoding.UTF8.GetBytes($$"""{"channel":"#ops","text":"Ticket {{n}} was answered: the refund is on its way and will arrive within three working days. Nothing else is to be done."}""");
        return new()
        {
            Tenant = Demo, Trace = trace, Time = time, Env = record.Environment, KeyId = record.KeyId, AgentId = record.AgentId, AgentName = record.AgentName, Runtime = record.RuntimeType,
            Tool = record.Tool, Operation = record.Operation, Verb = record.Verb, Decision = record.Decision, Band = record.Band, Score = record.RiskScore, Classes = record.Classes,
            Reasons = string.Join(',', record.Reasons), Canonical = canonical, Hash = RecordBytes.Hash(canonical), SealedBody = sealer.Seal(body, trace.ToString(), "body_redacted"),
        };
    }
}
