namespace Interven.GrainInterfaces.Scanning;

/// <summary>The hot path. Key: <see cref="GrainKeys.Lane"/>; a stateless worker, so that any silo answers for any key.</summary>
[Alias("scan"), GrainInterfaceType("scan")]
public interface IScanGrain : IGrainWithStringKey
{
    /// <summary>Authenticates, decides, records, answers. Every outcome is an answer, an exception is an outage.</summary>
    [Alias("scan"), ResponseTimeout("00:02:30")]
    Task<ScanReply> Scan(ScanCall call);

    /// <summary>As <see cref="Scan"/>, but that a caller who waits for a person gets the answer at once, with <see cref="ScanReply.Paused"/>: to be waited with by <see cref="IWaitingScanGrain.Wait"/>.</summary>
    [Alias("scan-pausing")]
    Task<ScanReply> ScanPausing(ScanCall call);

    /// <summary>A hand-over between two agents, scanned like a call (<c>/v1/a2a/scan</c>).</summary>
    [Alias("a2a"), ResponseTimeout("00:02:30")]
    Task<ScanReply> ScanHandover(ScanCall call);

    /// <summary>Classifies and redacts what a tool answered (<c>/v1/scan/response</c>).</summary>
    [Alias("response")]
    Task<ScanReply> ScanResponse(ScanCall call);

    /// <summary>Whoever hears it knows that its silo is there. False: for now that silo would refuse every call, while another may decide it.</summary>
    [Alias("pulse"), ResponseTimeout("00:00:05")]
    Task<bool> Pulse();
}

/// <summary>
/// One scan whose caller may wait for a person. Key: <see cref="GrainKeys.Waiting"/>. An ordinary grain for each, because a cancellation that is sent
/// to a stateless worker reaches any of its activations but the one that waits (dotnet/orleans#9877).
/// </summary>
[Alias("waiting-scan"), GrainInterfaceType("waiting-scan")]
public interface IWaitingScanGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="IScanGrain.Scan"/>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="hungUp">Ends the wait: nobody would hear the answer, so no grant is used.</param>
    [Alias("scan"), ResponseTimeout("00:02:30")]
    Task<ScanReply> Scan(ScanCall call, CancellationToken hungUp = default);

    /// <summary>Waits on with a paused scan, for a part of its time: so that a silo that dies takes a part of the wait with it, and not the caller.</summary>
    /// <param name="call">The request, as it was.</param>
    /// <param name="paused">What came of it.</param>
    /// <param name="wait">How long now.</param>
    /// <param name="isLast">The caller's time is over then: that is an answer of its own, where an Idempotency-Key has to keep it.</param>
    /// <param name="hungUp">Ends the wait: nobody would hear the answer, so no grant is used.</param>
    /// <returns>The answer; null: it stands as it did.</returns>
    [Alias("wait")]
    Task<ScanReply?> Wait(ScanCall call, PausedScan paused, TimeSpan wait, bool isLast, CancellationToken hungUp = default);
}

/// <summary>A request as it came off the wire. The front end has not looked into it.</summary>
/// <param name="Token">The whole bearer token; it is compared, never stored or logged.</param>
/// <param name="Body">The request's JSON, as sent.</param>
/// <param name="ClientAddress">The peer's address, proxies that are trusted resolved.</param>
/// <param name="IdempotencyKey">The header's value, or null.</param>
[GenerateSerializer, Immutable, Alias("scan-call")]
public sealed record ScanCall(
    [property: Id(0)] string Token,
    [property: Id(1)] byte[] Body,
    [property: Id(2)] string ClientAddress,
    [property: Id(3)] string? IdempotencyKey);

/// <summary>The answer, ready to be sent.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="TraceId">Of the decision record, or of the refusal.</param>
/// <param name="Json">The body; for a refusal null, and <paramref name="Refusal"/> says it.</param>
/// <param name="Refusal">Why nothing was decided.</param>
/// <param name="Paused">The caller waits for a person: how to wait on.</param>
[GenerateSerializer, Immutable, Alias("scan-reply")]
public sealed record ScanReply(
    [property: Id(0)] int Status,
    [property: Id(1)] Guid TraceId,
    [property: Id(2)] byte[]? Json,
    [property: Id(3)] Refusal? Refusal = null,
    [property: Id(4)] PausedScan? Paused = null);

/// <summary>A scan whose caller waits for a person, as whichever silo it waits in needs it.</summary>
/// <param name="Tenant">The caller's.</param>
/// <param name="Trace">Of the pausing record.</param>
/// <param name="Approval">What it waits for.</param>
/// <param name="Url">Where people decide it.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Wait">The caller's time.</param>
/// <param name="Agent">What was known of the agent when it asked, in the silos' own form: waiting is not another call.</param>
[GenerateSerializer, Immutable, Alias("paused-scan")]
public sealed record PausedScan(
    [property: Id(0)] Guid Tenant,
    [property: Id(1)] Guid Trace,
    [property: Id(2)] Guid Approval,
    [property: Id(3)] string Url,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] TimeSpan Wait,
    [property: Id(6)] byte[]? Agent);
