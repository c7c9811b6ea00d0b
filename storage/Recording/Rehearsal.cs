using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Storage.Recording;

/// <summary>
/// Writes a few made-up records before a silo is ready, and takes them back: the first commit compiles some two thousand methods, which on a busy machine
/// takes as long as a store that is out.
/// </summary>
sealed class Rehearsal(IRecordSink sink, TimeProvider clock, ILogger<Rehearsal> log) : IHostedService
{
    /// <summary>The second time finds its statements prepared.</summary>
    const int Rounds = 2;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var round = 0; round < Rounds; round++)
                await sink.Rehearse(Batch()).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A store that is out at the start is found out by readiness.
            StoreLog.NotRehearsed(log, e.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Of a tenant that nobody else waits for.</summary>
    RecordAppend[] Batch()
    {
        var tenant = new TenantId(Guid.CreateVersion7(clock.GetUtcNow()));
        RecordAppend alone = new() { Row = Row(tenant), Claim = new("alone", new byte[32], [], clock.GetUtcNow()) };
        var row = Row(tenant);
        ApprovalId approval = new(row.Trace.Value);
        return
        [
            alone,
            new()
            {
                Row = row with { Approval = approval },
                Opening = new()
                {
                    Tenant = tenant, Approval = approval, Signature = new byte[32], Trace = row.Trace, Env = row.Env, KeyId = row.KeyId, Tool = row.Tool, Operation = row.Operation,
                    Band = row.Band, Sentence = "", Life = TimeSpan.FromMinutes(1), GrantWindow = TimeSpan.FromMinutes(1), DenyWindow = TimeSpan.FromMinutes(1), SealedCall = [],
                },
                Outbox = [new(tenant, OutboxKinds.ApprovalCard, "", approval.ToString(), "{}")],
            },
        ];
    }

    DecisionRow Row(TenantId tenant) => new()
    {
        Tenant = tenant, Trace = new(Guid.CreateVersion7(clock.GetUtcNow())), Time = clock.GetUtcNow(), Env = "", KeyId = "", Tool = "", Operation = "",
        Verb = default, Decision = Decision.Deny, Band = default, Score = 0, Canonical = [], Hash = new byte[32],
    };
}
