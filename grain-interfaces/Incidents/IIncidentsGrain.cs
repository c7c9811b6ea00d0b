using Interven.Contracts.Incidents;
using Interven.Contracts.Tenants;

namespace Interven.GrainInterfaces.Incidents;

/// <summary>A tenant's incidents. Key: <see cref="GrainKeys.Tenant"/>; any silo answers, the rows decide.</summary>
[Alias("incidents"), GrainInterfaceType("incidents")]
public interface IIncidentsGrain : IGrainWithStringKey
{
    /// <summary>Newest first.</summary>
    [Alias("list")]
    Task<Page<Incident>> List(IncidentQuery query);

    /// <summary>With its timeline.</summary>
    [Alias("detail")]
    Task<Reply<Incident>> Detail(Guid incident);

    /// <summary>By hand, from records of the tenant.</summary>
    [Alias("create")]
    Task<Reply<Incident>> Create(CreateIncidentRequest request, Actor actor);

    [Alias("transition")]
    Task<Reply<Incident>> Transition(Guid incident, IncidentTransitionRequest request, Actor actor);

    [Alias("note")]
    Task<Reply<Incident>> Note(Guid incident, IncidentNoteRequest request, Actor actor);

    /// <summary>Suspends the incident's agent. Counts on every silo when it returns.</summary>
    [Alias("suspend-agent")]
    Task<Reply<Incident>> SuspendAgent(Guid incident, Actor actor);

    /// <summary>Revokes the key of the incident's first record. Counts on every silo when it returns.</summary>
    [Alias("revoke-key")]
    Task<Reply<Incident>> RevokeKey(Guid incident, Actor actor);

    /// <summary>Sends its alert (again).</summary>
    [Alias("notify")]
    Task<Reply<Incident>> Notify(Guid incident, Actor actor);
}

/// <summary>Which incidents to list; null does not filter.</summary>
/// <param name="Status">Those that stand so.</param>
/// <param name="LeastSeverity">As grave or graver.</param>
/// <param name="AgentId">Of this agent.</param>
/// <param name="Trigger">Opened by this.</param>
/// <param name="Before">Only those that were opened before this one.</param>
/// <param name="Limit">1 to 500.</param>
[GenerateSerializer, Immutable, Alias("incident-query")]
public sealed record IncidentQuery(
    [property: Id(0)] IncidentStatus? Status = null,
    [property: Id(1)] RiskBand? LeastSeverity = null,
    [property: Id(2)] string? AgentId = null,
    [property: Id(3)] string? Trigger = null,
    [property: Id(4)] Guid? Before = null,
    [property: Id(5)] int Limit = 50);
