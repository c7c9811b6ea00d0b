using System.Text;
using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Grains.Ports;
using Interven.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Bench;

/// <summary>Fills the store of an installation with records of the demo tenant, sealed bodies and all, as a day of traffic would: a busy half, a quiet one, all kinds of decisions.</summary>
static class DayOfTraffic
{
    static readonly TenantId Demo = new(new Guid("01900000-0000-7000-8000-000000000001"));

    public static async Task Run(string folder, int records)
    {
        await using var services = new ServiceCollection().AddIntervenStorage(new() { DataFolder = folder }).BuildServiceProvider();
        var (log, sealer) = (services.GetRequiredService<IDecisionLog>(), await services.GetRequiredService<IVault>().For(Demo));
        var start = TimeProvider.System.GetUtcNow().AddDays(-1);
        for (var done = 0; done < records;)
        {
            var batch = Enumerable.Range(done, Math.Min(2000, records - done)).Select(n => log.Append(new() { Row = Row(n, start + At(n, records), sealer) }).AsTask()).ToArray();
            foreach (var reply in await Task.WhenAll(batch))
                if (reply is not CommitReply.Committed)
                    throw new InvalidOperationException($"A record was not committed: {reply}");
            done += batch.Length;
        }
    }

    /// <summary>Spread over a day with a busy half and a quiet one; later numbers are later.</summary>
    static TimeSpan At(int n, int records)
    {
        var part = (double)n / records;
        return TimeSpan.FromDays(part - .08 * Math.Sin(2 * Math.PI * part) + .004 * Math.Sin(14 * Math.PI * part));
    }

    static DecisionRow Row(int n, DateTimeOffset time, ITenantVault sealer)
    {
        var (trace, call) = (new TraceId(Guid.CreateVersion7(time)), Traffic.Of(n));
        var record = new DecisionRecord
        {
            Trace = trace, Tenant = Demo, Time = time, Environment = "production", Decision = call.Decision, RiskScore = call.Score, Band = call.Band, Classes = call.Classes,
            Reasons = call.Reasons, Tool = call.Tool, Operation = call.Operation, Verb = call.Verb, Method = call.Verb == Verb.Read ? "GET" : "POST", Url = call.Url,
            AgentId = call.Agent, AgentName = call.Agent, RuntimeType = "langgraph", KeyId = "kkkkkkkk", KeyPrefix = "iv_live_kkkkkkkk", ClientIp = "203.0.113.7",
            Findings = call.Classes == DataClasses.None ? [] : [new("email_address", call.Classes, "$.text", Confidence.High, 1, new((ulong)n, 1))],
            Signals = [new("classifier", call.Score, []), new("baseline", 0, []), new("correlation", 0, []), new("threat_intel", 0, []), new("intent", 0, [])],
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
