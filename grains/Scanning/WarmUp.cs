using System.Text;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Microsoft.Extensions.Hosting;

namespace Interven.Grains.Scanning;

/// <summary>Decides a few made-up calls before the first real one comes, so that no agent waits for the compiler or is refused by the deadline because of it.</summary>
sealed class WarmUp(TimeProvider clock) : IHostedService
{
    const int Rounds = 30;

    static readonly byte[][] Calls =
    [
        """{"method":"POST","url":"https://slack.com/api/chat.postMessage","agent_id":"warm-up","headers":{"Accept":"application/json"},"body":{"channel":"#ops","text":"write to jane@example.com, card 4242 4242 4242 4242"}}"""u8.ToArray(),
        """{"method":"POST","url":"https://pay.example/v1/transfer-funds","context":"refund","body":"{\"amount\":\"1,200.00\",\"note\":\"a%20b\"}"}"""u8.ToArray(),
        """{"method":"GET","url":"tool://agent/list_items","body":[1,2,{"deep":["x",null,true]}]}"""u8.ToArray(),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var rules = PolicySet.Compile(PolicyLibrary.Seeds.Select(policy => StoredPolicy.Of(Guid.Empty, 1, policy)));
        var tenant = new TenantSnapshot
        {
            Tenant = default,
            Version = 0,
            Classifier = Detectors.Shared,
            Stages = TenantStages.Of(rules, Detectors.Shared, TenantTools.None, InternalDomains.None),
            Key = new(Encoding.ASCII.GetBytes(new string('w', FingerprintKey.Length))),
        };
        for (var round = 0; round < Rounds; round++)
            foreach (var call in Calls)
                Decide(call, tenant);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void Decide(byte[] call, TenantSnapshot tenant)
    {
        if (ScanReader.Read(call).Scan is not { } scan || Preparation.Of(scan, tenant, new() { KeyId = "warm-up" }) is not PrepareReply.Prepared prepared)
            return;
        using var attempt = prepared.Scan;
        attempt.Classify();
        var verdict = Pipeline.Decide(attempt, new(), clock.GetUtcNow());
        // A first refusal has to be as quick as any.
        foreach (var outcome in (Outcome[])[Resolution.Of(verdict), Resolution.Outage(verdict, ReasonCodes.AuditUnavailable)])
        {
            RecordOf.Outcome(attempt, outcome, new() { Trace = default, Time = clock.GetUtcNow() });
            ScanAnswer.ToBytes(outcome, default);
        }
    }
}
