namespace Interven.GrainInterfaces.Scanning;

/// <summary>The hot path. Key: <see cref="GrainKeys.Scans"/>; a stateless worker, so that any silo answers for any key.</summary>
[Alias("scan"), GrainInterfaceType("scan")]
public interface IScanGrain : IGrainWithStringKey
{
    /// <summary>Authenticates, decides, records, answers. Every outcome is an answer, an exception is an outage.</summary>
    [Alias("scan"), ResponseTimeout("00:02:30")]
    Task<ScanReply> Scan(ScanCall call);

    /// <summary>A hand-over between two agents, scanned like a call (<c>/v1/a2a/scan</c>).</summary>
    [Alias("a2a"), ResponseTimeout("00:02:30")]
    Task<ScanReply> ScanHandover(ScanCall call);

    /// <summary>Classifies and redacts what a tool answered (<c>/v1/scan/response</c>).</summary>
    [Alias("response")]
    Task<ScanReply> ScanResponse(ScanCall call);
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
[GenerateSerializer, Immutable, Alias("scan-reply")]
public sealed record ScanReply(
    [property: Id(0)] int Status,
    [property: Id(1)] Guid TraceId,
    [property: Id(2)] byte[]? Json,
    [property: Id(3)] Refusal? Refusal = null);
