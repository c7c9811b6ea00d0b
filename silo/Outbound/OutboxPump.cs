using Interven.Grains.Alerts;
using Interven.Grains.Outbound;
using Interven.Grains.Ports;
using Interven.Silo.Slack;

namespace Interven.Silo.Outbound;

/// <summary>
/// Takes what is due and sends it, beside everything else: nothing that hangs here is waited for by a scan or by another channel. Several silos share
/// the work; what a dead one had in hand comes back when its hold is over.
/// </summary>
sealed partial class OutboxPump(
    IOutbox outbox, ChannelList channels, AlertReader alerts, Sender sender, SlackCards cards, SlackReplies replies, OutboxBell bell, TimeProvider clock, ILogger<OutboxPump> log)
    : BackgroundService
{
    const int MostTurns = 256, MostUnpaced = 64;

    /// <summary>Longer than any one attempt can take.</summary>
    static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    int turns, unpaced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = bell.Next;
            var took = 0;
            try
            {
                took = await TakeAll(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
                await Task.Delay(AfterFault, clock, stoppingToken);
            }
            if (took == 0)
                await bell.Wait(next, Look, stoppingToken);
        }
    }

    async Task<int> TakeAll(CancellationToken stop)
    {
        var took = 0;
        if (MostUnpaced - Volatile.Read(ref unpaced) is > 0 and var room)
            foreach (var item in await outbox.Take(room, Hold, stop))
            {
                took++;
                Interlocked.Increment(ref unpaced);
                _ = Run(() => Unpaced(item), () => Interlocked.Decrement(ref unpaced));
            }
        if (MostTurns - Volatile.Read(ref turns) is > 0 and var seats)
            foreach (var turn in await outbox.TakeTurns(Math.Min(seats, 50), Hold, stop))
            {
                took++;
                Interlocked.Increment(ref turns);
                _ = Run(() => Turn(turn), () => Interlocked.Decrement(ref turns));
            }
        return took;
    }

    /// <summary>A fault of ours, or of the store, ends nothing: the hold runs out and the item comes again.</summary>
    async Task Run(Func<Task> work, Action end)
    {
        await Task.Yield();
        try
        {
            await work();
        }
        catch (Exception e)
        {
            Failed(log, e.GetType().Name);
        }
        finally
        {
            end();
        }
    }

    async Task Turn(OutboxTurn turn)
    {
        var (pause, error) = await sender.Send(turn);
        await outbox.EndTurn(turn, pause, error);
        if (pause == TimeSpan.Zero)
            bell.Ring();
    }

    async Task Unpaced(OutboxItem item)
    {
        if (item.Row.Channel.Length == 0)
            await FanOut(item);
        else if (item.Row.Kind == OutboxKinds.CardUpdate)
            await cards.Update(item);
        else
            await replies.Send(item);
    }

    async Task FanOut(OutboxItem item)
    {
        if (await alerts.Read(item.Row) is not var (_, topic))
        {
            await outbox.Dropped(item, "what it was about is gone");
            return;
        }
        await outbox.FanOut(item, [.. (await channels.All(item.Row.Tenant)).Where(one => one.Spec.Wants(topic)).Select(one => one.Id)]);
        bell.Ring();
    }

    [LoggerMessage(4050, LogLevel.Warning, "Sending failed with {Exception}; it is tried again")]
    static partial void Failed(ILogger logger, string exception);
}

/// <summary>Removes what is over for long: deliveries after a month, seen signatures after ten minutes.</summary>
sealed partial class OutboxUpkeep(IOutbox outbox, ISlackStore slack, TimeProvider clock, ILogger<OutboxUpkeep> log) : BackgroundService
{
    const int Batch = 1000;
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await slack.Clear(stoppingToken);
                while (await outbox.Clear(Kept, Batch, stoppingToken) == Batch)
                    await Task.Yield();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    [LoggerMessage(4051, LogLevel.Warning, "Clearing the outbox failed with {Exception}; it is tried again in a minute")]
    static partial void Failed(ILogger logger, string exception);
}
