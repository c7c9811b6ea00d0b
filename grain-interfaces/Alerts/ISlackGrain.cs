namespace Interven.GrainInterfaces.Alerts;

/// <summary>Takes Slack's clicks. Key: <see cref="GrainKeys.Singleton"/>; a stateless worker, so that any silo answers.</summary>
[Alias("slack"), GrainInterfaceType("slack")]
public interface ISlackGrain : IGrainWithStringKey
{
    /// <summary>Verifies, decides durably, and says what to answer: 200, or 401 for whatever is wrong with the request.</summary>
    [Alias("click")]
    Task<int> Click(SlackRequest request);
}

/// <summary>A request to the interactivity URL as it came off the wire.</summary>
/// <param name="Channel">Of the path; null where the URL is the shared one.</param>
/// <param name="Timestamp">The header, as sent.</param>
/// <param name="Signature">The header, as sent.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Ip">Client address.</param>
/// <param name="UserAgent">As sent.</param>
[GenerateSerializer, Immutable, Alias("slack-request")]
public sealed record SlackRequest(
    [property: Id(0)] string? Channel,
    [property: Id(1)] string Timestamp,
    [property: Id(2)] string Signature,
    [property: Id(3)] byte[] Body,
    [property: Id(4)] string Ip,
    [property: Id(5)] string UserAgent);
