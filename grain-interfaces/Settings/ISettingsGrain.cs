using Interven.Contracts.Settings;

namespace Interven.GrainInterfaces.Settings;

/// <summary>Authority over a tenant's settings and environments. Key: <see cref="GrainKeys.Tenant"/>. Changes return when no live silo decides by the old ones any more.</summary>
[Alias("tenant-settings"), GrainInterfaceType("tenant-settings")]
public interface ISettingsGrain : IGrainWithStringKey
{
    [Alias("read")]
    Task<Reply<TenantSettings>> Read();

    /// <param name="change">JSON object of <see cref="PatchSettingsRequest"/>, in which null and absent differ.</param>
    /// <param name="actor">Who changes them.</param>
    [Alias("patch")]
    Task<Reply<TenantSettings>> Patch(byte[] change, Actor actor);

    [Alias("environments")]
    Task<IReadOnlyList<EnvironmentRow>> Environments();

    [Alias("add-environment")]
    Task<Reply<EnvironmentRow>> AddEnvironment(CreateEnvironmentRequest request, Actor actor);

    /// <summary>Refused for <c>production</c> and for one that keys, policies or routes name.</summary>
    [Alias("remove-environment")]
    Task<Reply<Done>> RemoveEnvironment(string name, Actor actor);
}

/// <summary>A tenant's own detectors. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("detectors"), GrainInterfaceType("detectors")]
public interface IDetectorsGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<DetectorRow>> List();

    [Alias("create")]
    Task<Reply<DetectorRow>> Create(DetectorRequest request, Actor actor);

    [Alias("replace")]
    Task<Reply<DetectorRow>> Replace(Guid detector, DetectorRequest request, Actor actor);

    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid detector, Actor actor);
}

/// <summary>A tenant's own threat lists. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("threat-lists"), GrainInterfaceType("threat-lists")]
public interface IThreatListsGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<ThreatListRow>> List();

    [Alias("find")]
    Task<Reply<ThreatListRow>> Find(Guid list);

    [Alias("create")]
    Task<Reply<ThreatListRow>> Create(ThreatListRequest request, Actor actor);

    [Alias("replace")]
    Task<Reply<ThreatListRow>> Replace(Guid list, ThreatListRequest request, Actor actor);

    [Alias("delete")]
    Task<Reply<Done>> Delete(Guid list, Actor actor);
}
