namespace Interven.ApiFrontend.Health;

/// <summary>
/// The way out of a front end: first it says so to load balancers and goes on serving until they have heard (<c>Interven:DrainSeconds</c>), then it
/// releases those who are parked, and only then the server stops taking calls and finishes what it has.
/// </summary>
sealed partial class Drain(FrontEndOptions options, TimeProvider clock, ILogger<Drain> log) : IHostedLifecycleService, IDisposable
{
    readonly CancellationTokenSource parked = new();
    volatile bool began;
    volatile bool served;

    /// <summary>Whether load balancers should send calls: it has been ready once, and is not on its way out. An outage does not change it, for a DENY is safer than no answer.</summary>
    public bool IsServing => served && !began;

    /// <summary>Ends the waits of those who are parked here; they ask again elsewhere.</summary>
    public CancellationToken Parked => parked.Token;

    /// <summary>Scans can be decided through this process.</summary>
    public void Served() => served = true;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        began = true;
        Began(log, options.Drain.TotalSeconds);
        await Task.Delay(options.Drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await parked.CancelAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => parked.Dispose();

    [LoggerMessage(5010, LogLevel.Information, "Draining: load balancers have {Seconds} s to turn away")]
    static partial void Began(ILogger logger, double seconds);
}
