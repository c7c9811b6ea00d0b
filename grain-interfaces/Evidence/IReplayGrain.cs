using Interven.Contracts.Policies;

namespace Interven.GrainInterfaces.Evidence;

/// <summary>Asks a draft of a policy about recorded calls. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("replay"), GrainInterfaceType("replay")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <param name="request">JSON <c>{policy, hours}</c>, as sent.</param>
    [Alias("run"), ResponseTimeout("00:02:00")]
    Task<Reply<HistorySimulation>> Run(byte[] request);
}
