using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>The statements that make and fill incidents; each runs in somebody's transaction.</summary>
static class IncidentSteps
{
    public const string Columns = "tenant_id, incident_id, cause, severity, title, agent_id, key_id, status, resolution, records, opened_at, changed_at, closed_at";
    const int MostAtOnce = 50;

    public const string ById = "tenant_id = @tenant AND incident_id = @incident";

    /// <summary>With the records that they tell of, many in one statement: a burst of denials must not make the commit long.</summary>
    public static async ValueTask Flag(Session session, IReadOnlyList<RecordAppend> appends, CancellationToken cancel)
    {
        foreach (var some in appends.Chunk(MostAtOnce))
        {
            var sql = session.Sql(FlagText(some.Length));
            for (var i = 0; i < some.Length; i++)
            {
                var (row, flag) = (some[i].Row, some[i].Flag!);
                sql = sql.With($"tenant{i}", row.Tenant.Value).With($"trace{i}", row.Trace.Value).With($"time{i}", row.Time).With($"key{i}", row.KeyId).With($"agent{i}", row.AgentId)
                    .With($"tool{i}", row.Tool).With($"operation{i}", row.Operation).With($"decision{i}", (byte)row.Decision).With($"band{i}", (byte)row.Band)
                    .With($"denial{i}", flag.IsDenial).With($"causes{i}", flag.CausesJson).With($"before{i}", flag.TrustBefore).With($"after{i}", flag.TrustAfter);
            }
            await sql.Run(cancel).ConfigureAwait(false);
        }
    }

    static string FlagText(int rows) =>
        "INSERT INTO incident_flags (tenant_id, trace_id, time, key_id, agent_id, tool, operation, decision, risk_band, denial, causes, trust_before, trust_after) VALUES "
        + string.Join(',', Enumerable.Range(0, rows).Select(i =>
            $"(@tenant{i}, @trace{i}, @time{i}, @key{i}, @agent{i}, @tool{i}, @operation{i}, @decision{i}, @band{i}, @denial{i}, @causes{i}, @before{i}, @after{i})"));

    /// <summary>True where it was opened, false where it joined.</summary>
    public static async ValueTask<bool> OpenOrJoin(Session session, StoredFlag flag, IncidentOpening opening, CancellationToken cancel)
    {
        var (tenant, mine) = (flag.Tenant.Value, opening.Incident.Incident);
        var incident = await Slot(session, flag, opening, cancel).ConfigureAwait(false);
        // A join holds the incident's row, so that it cannot be closed under the record. One that was closed a moment ago is not joined.
        if (incident != mine && !await Raise(session, tenant, incident, opening.Incident.Severity, cancel).ConfigureAwait(false))
        {
            incident = mine;
            await session.Sql("UPDATE incident_slots SET incident_id = @incident WHERE tenant_id = @tenant AND slot = @slot")
                .With("tenant", tenant).With("slot", opening.Slot).With("incident", incident).Run(cancel).ConfigureAwait(false);
        }
        if (incident == mine)
        {
            await Insert(session, opening.Incident, cancel).ConfigureAwait(false);
            await Outbox.Insert(session, opening.Alert, cancel).ConfigureAwait(false);
            await AuditLog.Insert(session, new AuditRow
            {
                Tenant = flag.Tenant, Actor = Actor.System, Action = "incident.opened", Target = $"incident/{incident}",
            }, cancel).ConfigureAwait(false);
        }
        await Link(session, flag, incident, opening, cancel).ConfigureAwait(false);
        return incident == mine;
    }

    public static async ValueTask Insert(Session session, NewIncident incident, CancellationToken cancel) => await session.Sql($"""
        INSERT INTO incidents (tenant_id, incident_id, cause, severity, title, agent_id, key_id, opened_at, changed_at)
        VALUES (@tenant, @incident, @cause, @severity, @title, @agent, @key, {session.Dialect.Now}, {session.Dialect.Now})
        """).With("tenant", incident.Tenant.Value).With("incident", incident.Incident).With("cause", incident.Trigger).With("severity", (byte)incident.Severity)
        .With("title", incident.Title).With("agent", incident.AgentId).With("key", incident.KeyId).Run(cancel).ConfigureAwait(false);

    /// <summary>Counts what is linked by now.</summary>
    public static async ValueTask Count(Session session, Guid tenant, Guid incident, CancellationToken cancel) => await session.Sql($"""
        UPDATE incidents SET changed_at = {session.Dialect.Now},
          records = (SELECT count(*) FROM incident_records r WHERE r.tenant_id = @tenant AND r.incident_id = @incident)
        WHERE {ById}
        """).With("tenant", tenant).With("incident", incident).Run(cancel).ConfigureAwait(false);

    public static async ValueTask Note(Session session, TenantId tenant, Guid incident, IncidentNote note, CancellationToken cancel) => await session
        .Sql("INSERT INTO incident_notes (tenant_id, incident_id, kind, author, note) VALUES (@tenant, @incident, @kind, @author, @note)")
        .With("tenant", tenant.Value).With("incident", incident).With("kind", note.Kind).With("author", note.Author).With("note", note.Text)
        .Run(cancel).ConfigureAwait(false);

    /// <summary>
    /// Which incident the slot stands for: the one that was added to lately, or a new one. The row decides, whoever asks at the same time. Whether it is still open is the
    /// next statement's to ask: this one would see the incidents as they were before it waited for the row.
    /// </summary>
    static ValueTask<Guid> Slot(Session session, StoredFlag flag, IncidentOpening opening, CancellationToken cancel) => session.Sql($"""
        INSERT INTO incident_slots AS s (tenant_id, slot, incident_id, last_at) VALUES (@tenant, @slot, @incident, @time)
        ON CONFLICT (tenant_id, slot) DO UPDATE SET last_at = {session.Dialect.Greatest}(s.last_at, excluded.last_at), incident_id =
          CASE WHEN s.last_at > @since THEN s.incident_id ELSE excluded.incident_id END
        RETURNING incident_id
        """).With("tenant", flag.Tenant.Value).With("slot", opening.Slot).With("incident", opening.Incident.Incident).With("time", flag.Time)
        .With("since", flag.Time - opening.Join).One(row => row.Uuid(), cancel);

    static async ValueTask<bool> Raise(Session session, Guid tenant, Guid incident, RiskBand severity, CancellationToken cancel) => await session.Sql($"""
        UPDATE incidents SET severity = {session.Dialect.Greatest}(severity, @severity), changed_at = {session.Dialect.Now} WHERE {ById} AND status <> 2
        """).With("tenant", tenant).With("incident", incident).With("severity", (byte)severity).Run(cancel).ConfigureAwait(false) == 1;

    static async ValueTask Link(Session session, StoredFlag flag, Guid incident, IncidentOpening opening, CancellationToken cancel)
    {
        var counted = opening.CountsDenials is null ? "id = @flag" : "(id = @flag OR agent_id = @agent AND denial AND time > @since AND time <= @time)";
        await session.Sql($"""
            INSERT INTO incident_records (tenant_id, incident_id, trace_id, time, tool, operation, decision, risk_band, cause)
            SELECT tenant_id, @incident, trace_id, time, tool, operation, decision, risk_band, @cause FROM incident_flags WHERE tenant_id = @tenant AND {counted}
            ON CONFLICT DO NOTHING
            """).With("tenant", flag.Tenant.Value).With("incident", incident).With("cause", opening.Incident.Trigger).With("flag", flag.Id).With("agent", flag.AgentId)
            .With("time", flag.Time).With("since", flag.Time - (opening.CountsDenials ?? TimeSpan.Zero)).Run(cancel).ConfigureAwait(false);
        await Count(session, flag.Tenant.Value, incident, cancel).ConfigureAwait(false);
    }
}
