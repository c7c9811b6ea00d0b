using Interven.Contracts.Errors;
using Interven.Contracts.Incidents;
using Interven.Contracts.Tenants;
using Interven.Engine.Incidents;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Incidents;
using Interven.GrainInterfaces.Keys;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Approvals;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Incidents;

[GrainType("incidents"), StatelessWorker, Reentrant]
sealed class IncidentsGrain(
    IIncidentStore incidents, IDecisionReads records, IEphemeralKeyStore ephemeralKeys, ChangeBarrier barrier, IncidentAlerts alerts, PeopleNames names, IGrainFactory grains, TimeProvider clock)
    : Grain, IIncidentsGrain
{
    const int LongestTitle = 200, LongestNote = 4000, MostTraces = 100;
    static readonly Refusal None = new(404, ReasonCodes.NotFound, "There is no such incident.");
    static readonly Refusal Moved = new(409, ReasonCodes.Conflict, "Somebody else has moved the incident on at the same time; look again.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Page<Incident>> List(IncidentQuery query)
    {
        var rows = await incidents.List(Tenant, new()
        {
            Status = query.Status,
            LeastSeverity = query.LeastSeverity,
            AgentId = query.AgentId,
            Trigger = query.Trigger,
            Before = query.Before,
            Limit = query.Limit,
        });
        return new([.. rows.Select(row => Shown(row))], rows.Count == query.Limit ? rows[^1].Incident.Incident.ToString("N") : null);
    }

    public async Task<Reply<Incident>> Detail(Guid incident) =>
        await incidents.Find(Tenant, incident) is { } row ? Shown(row, await Timeline(incident)) : None;

    public async Task<Reply<Incident>> Create(CreateIncidentRequest request, Actor actor)
    {
        if (Check(request) is { Count: > 0 } problems)
            return KeyRules.Invalid(problems);
        StoredDecision? first = null;
        for (var i = 0; i < request.TraceIds!.Count; i++)
        {
            if (await records.Find(Tenant, new(request.TraceIds[i])) is not { } found)
                return KeyRules.Invalid([new($"$.trace_ids[{i}]", "There is no such record.")]);
            first ??= found;
        }
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var made = new NewIncident(
            Tenant, id, IncidentTriggers.Manual, request.Severity ?? RiskBand.Medium, request.Title!, first!.Row.AgentId, first.Row.KeyId);
        await incidents.Open(made, [.. request.TraceIds.Select(trace => new TraceId(trace))],
            request.Note is { Length: > 0 } note ? new("note", Duties.PersonOf(actor), note) : null, alerts.Of(made, first.Row.Trace), Audit(actor, "incident.opened", id));
        return await Detail(id);
    }

    public async Task<Reply<Incident>> Transition(Guid incident, IncidentTransitionRequest request, Actor actor)
    {
        if (await incidents.Find(Tenant, incident) is not { } row)
            return None;
        if (request.Note?.Length > LongestNote)
            return KeyRules.Invalid([new("$.note", $"A note has at most {LongestNote} characters.")]);
        var (next, field, problem) = IncidentRules.Transition(row.Status, request.Status, request.Resolution);
        if (next is not { } to)
            return field is null ? new Refusal(409, ReasonCodes.Conflict, problem!) : KeyRules.Invalid([new(field, problem!)]);
        var author = Duties.PersonOf(actor);
        List<IncidentNote> notes = [new("transition", author, request.Resolution is null ? request.Status! : $"{request.Status} ({request.Resolution})")];
        if (request.Note is { Length: > 0 } note)
            notes.Add(new("note", author, note));
        var moved = await incidents.Transition(Tenant, incident, row.Status, to, request.Resolution, notes, Audit(actor, "incident." + request.Status, incident));
        return moved is null ? Moved : await Detail(incident);
    }

    public async Task<Reply<Incident>> Note(Guid incident, IncidentNoteRequest request, Actor actor) =>
        request.Note is not { Length: > 0 and <= LongestNote } note
            ? KeyRules.Invalid([new("$.note", $"A note of 1 to {LongestNote} characters is required.")])
            : await Noted(incident, new("note", Duties.PersonOf(actor), note), Audit(actor, "incident.noted", incident));

    public async Task<Reply<Incident>> SuspendAgent(Guid incident, Actor actor)
    {
        if (await incidents.Find(Tenant, incident) is not { } row)
            return None;
        var agent = row.Incident.AgentId;
        if (agent.Length == 0 || agent.Contains("[REDACTED", StringComparison.Ordinal))
            return new Refusal(409, ReasonCodes.Conflict, "The incident does not say which agent it was; revoke its key instead.");
        var suspended = await grains.GetGrain<ITenantGrain>(this.GetPrimaryKeyString()).SetSuspended(agent, true, actor);
        return suspended.Refusal is { } refusal ? refusal
            : await Noted(incident, new("action", Duties.PersonOf(actor), "suspended the agent " + agent), Audit(actor, "incident.agent_suspended", incident));
    }

    public async Task<Reply<Incident>> RevokeKey(Guid incident, Actor actor)
    {
        if (await incidents.Find(Tenant, incident) is not { } row)
            return None;
        var key = row.Incident.KeyId;
        if (await ephemeralKeys.Find(new(key)) is { } ephemeral && ephemeral.Tenant == Tenant)
            await barrier.Pass((await ephemeralKeys.Revoke(Tenant, ephemeral.Key, new() { Tenant = Tenant, Actor = actor, Action = "ephemeral_key.revoked", Target = "ephemeral_key/" + key })).ChangeId);
        else if ((await grains.GetGrain<IApiKeyGrain>(GrainKeys.Key(key)).Revoke(Tenant.Value, actor)).Refusal is { } refusal)
            return refusal;
        return await Noted(incident, new("action", Duties.PersonOf(actor), "revoked the key " + key), Audit(actor, "incident.key_revoked", incident));
    }

    public async Task<Reply<Incident>> Notify(Guid incident, Actor actor) => await incidents.Find(Tenant, incident) is { } row
        ? await Noted(incident, new("action", Duties.PersonOf(actor), "sent the alert"), Audit(actor, "incident.notified", incident), alerts.Of(row.Incident, await FirstRecord(incident)))
        : None;

    async Task<TraceId?> FirstRecord(Guid incident) =>
        (await incidents.Timeline(Tenant, incident)).FirstOrDefault(entry => entry.TraceId is not null)?.TraceId is { } trace ? new(trace) : null;

    async Task<Reply<Incident>> Noted(Guid incident, IncidentNote note, AuditRow audit, params OutboxRow[] outbox) =>
        await incidents.Note(Tenant, incident, note, audit with { After = AuditJson.Of(new { note.Kind, note.Text }) }, outbox) ? await Detail(incident) : None;

    static List<FieldError> Check(CreateIncidentRequest request)
    {
        var problems = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > LongestTitle)
            problems.Add(new("$.title", $"A title of 1 to {LongestTitle} characters is required."));
        if (request.TraceIds is not { Count: >= 1 and <= MostTraces })
            problems.Add(new("$.trace_ids", $"1 to {MostTraces} records are required."));
        if (request.Note?.Length > LongestNote)
            problems.Add(new("$.note", $"A note has at most {LongestNote} characters."));
        return problems;
    }

    async Task<IReadOnlyList<IncidentEntry>> Timeline(Guid incident)
    {
        var (book, entries) = (names.Book(Tenant), new List<IncidentEntry>());
        foreach (var entry in await incidents.Timeline(Tenant, incident))
            entries.Add(entry with { ByName = await book.Of(entry.By) });
        return entries;
    }

    AuditRow Audit(Actor actor, string action, Guid incident) => new() { Tenant = Tenant, Actor = actor, Action = action, Target = $"incident/{incident}" };

    static Incident Shown(IncidentRow row, IReadOnlyList<IncidentEntry>? timeline = null) => new(
        row.Incident.Incident, row.Status, row.Incident.Severity, row.Incident.Trigger, row.Incident.Title, row.Incident.AgentId, row.Incident.KeyId, row.Resolution,
        row.Records, row.OpenedAt, row.ChangedAt, row.ClosedAt, timeline);
}
