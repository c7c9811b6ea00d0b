using Interven.Contracts.Alerts;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Alerts;

/// <summary>A tenant's alert channels. Key: <see cref="GrainKeys.Tenant"/>; any silo answers. A change has returned when every silo goes by it.</summary>
[Alias("alerts"), GrainInterfaceType("alerts")]
public interface IAlertsGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<Page<AlertChannel>> List();

    [Alias("find")]
    Task<Reply<AlertChannel>> Find(Guid channel);

    [Alias("create")]
    Task<Reply<AlertChannel>> Create(CreateAlertRequest request, Actor actor);

    [Alias("patch")]
    Task<Reply<AlertChannel>> Patch(Guid channel, PatchAlertRequest change, Actor actor);

    /// <summary>What waits for it is not sent any more.</summary>
    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid channel, Actor actor);

    /// <summary>Sends a sample now, past the queue.</summary>
    [Alias("test")]
    Task<Reply<AlertTestResult>> Test(Guid channel, Actor actor);

    /// <summary>Newest first.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="limit">1 to 500.</param>
    [Alias("deliveries")]
    Task<Reply<Page<AlertDelivery>>> Deliveries(Guid channel, int limit);
}
