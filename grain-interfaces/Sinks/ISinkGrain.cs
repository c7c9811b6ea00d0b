using Interven.Contracts.Sinks;

namespace Interven.GrainInterfaces.Sinks;

/// <summary>A tenant's SIEM sinks. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("sinks"), GrainInterfaceType("sinks")]
public interface ISinksGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<Sink>> List();

    /// <summary>Begins with the records that are committed from now on.</summary>
    [Alias("create")]
    Task<Reply<Sink>> Create(CreateSinkRequest request, Actor actor);

    [Alias("change")]
    Task<Reply<Sink>> Change(Guid sink, PatchSinkRequest request, Actor actor);

    /// <summary>Sets a paused sink going again, where it had stopped.</summary>
    [Alias("resume")]
    Task<Reply<Sink>> Resume(Guid sink, Actor actor);

    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid sink, Actor actor);
}

/// <summary>Pushes a tenant's records to one sink, in their order, at least once. Key: <see cref="GrainKeys.Sink"/>.</summary>
[Alias("sink"), GrainInterfaceType("sink")]
public interface ISinkGrain : IGrainWithStringKey
{
    /// <summary>Keeps it going, over restarts too.</summary>
    [Alias("arm")]
    Task Arm();

    [Alias("disarm")]
    Task Disarm();
}
