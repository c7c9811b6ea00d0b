using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Sinks;
using Interven.Grains.Evidence;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Sinks;

/// <summary>
/// The table is the queue: a batch is read behind the cursor, sent, and only then the cursor moves. Whoever receives twice knows it by the event id. A
/// reminder brings the grain back after a stop; a timer does the work.
/// </summary>
[GrainType("sink")]
sealed partial class SinkGrain(
    IDocumentStore documents, ISinkCursors cursors, IDecisionReads records, DecisionSource source, IVault vault, ISinkSender sender,
    IOptions<PublicAddress> address, TimeProvider clock, ILogger<SinkGrain> log) : Grain, ISinkGrain, IRemindable
{
    const string Alive = "alive";
    const int MostRecords = 500;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    IGrainTimer? pushing;
    DateTimeOffset restsUntil;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    Guid Id => GrainKeys.SinkOf(this.GetPrimaryKeyString());

    public async Task Arm()
    {
        await this.RegisterOrUpdateReminder(Alive, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        restsUntil = default;
        Begin();
    }

    public async Task Disarm()
    {
        pushing?.Dispose();
        pushing = null;
        if (await this.GetReminder(Alive) is { } reminder)
            await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Begin();
        return Task.CompletedTask;
    }

    void Begin() => pushing ??= this.RegisterGrainTimer(Push, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Every, KeepAlive = true });

    async Task Push(CancellationToken cancel)
    {
        if (clock.GetUtcNow() < restsUntil)
            return;
        if (await documents.Find(Tenant, SinkDocument.Kind, Id.ToString("N"), cancel) is not { } document)
        {
            await Disarm();
            return;
        }
        while (!cancel.IsCancellationRequested && await PushOne(document, cancel))
        {
        }
    }

    /// <summary>True where there may be more to send at once.</summary>
    async Task<bool> PushOne(TenantDocument document, CancellationToken cancel)
    {
        if (await cursors.Find(Tenant, Id, cancel) is not { IsPaused: false } cursor || await records.Head(Tenant, cancel) <= cursor.Seq || await records.After(Tenant, cursor.Seq, MostRecords, cancel) is not { Count: > 0 } page)
            return false;
        var content = SinkTargets.Content(document);
        var opener = await vault.For(Tenant, cancel);
        var target = SinkTargets.Read(opener, Id, document);
        var batch = new SinkBatcher(content).Take(await source.Read(Tenant, page), new(DecisionSource.HostName(address.Value.Url), clock.GetUtcNow()));
        var reply = batch.Records == 0 ? new(SinkReplyKind.Taken)
            : await sender.Send(new(content.Type, target.Url, target.Token, batch.MediaType, batch.Body), cancel);
        switch (reply.Kind)
        {
            case SinkReplyKind.Taken:
                return await cursors.Advance(Tenant, Id, cursor.Seq, batch.LastSeq, batch.Records, cancel);
            case SinkReplyKind.Again:
                Rest(cursor.Failures, reply);
                await cursors.Failed(Tenant, Id, reply.Detail, cancel);
                return false;
            default:
                Paused(log, Id, reply.Detail);
                await cursors.SetPaused(Tenant, Id, true, reply.Detail,
                    new() { Tenant = Tenant, Actor = Actor.System, Action = AuditActions.SinkPaused, Target = $"sink/{Id}", Result = "ok" }, cancel);
                return false;
        }
    }

    /// <summary>As the receiver wishes, else twice as long each time.</summary>
    void Rest(int failures, SinkReply reply)
    {
        var wait = reply.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 8)));
        restsUntil = clock.GetUtcNow() + (wait < LongestRest ? wait : LongestRest);
    }

    [LoggerMessage(4610, LogLevel.Warning, "Sink {Sink} was paused: {Detail}")]
    static partial void Paused(ILogger logger, Guid sink, string detail);
}
