using System.Globalization;
using Interven.Contracts.Incidents;
using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class IncidentStore(Database database) : IIncidentStore
{
    const string FlagColumns = "id, tenant_id, trace_id, time, key_id, agent_id, tool, operation, decision, risk_band, denial, causes, trust_before, trust_after";
    const int MostEntries = 1000;

    public async ValueTask<IReadOnlyList<StoredFlag>> Waiting(int limit, CancellationToken cancel = default) => await database.All(
        $"SELECT {FlagColumns} FROM incident_flags WHERE NOT handled ORDER BY id LIMIT @limit", sql => sql.With("limit", limit), ReadFlag, cancel).ConfigureAwait(false);

    public async ValueTask<(int Denials, double? HighestTrust)> History(StoredFlag flag, TimeSpan denials, TimeSpan trust, CancellationToken cancel = default) => await database.One("""
        SELECT CAST(sum(CASE WHEN denial AND time > @denials_since THEN 1 ELSE 0 END) AS integer), max(CASE WHEN key_id = @key AND time > @trust_since THEN trust_before END)
        FROM incident_flags WHERE tenant_id = @tenant AND agent_id = @agent AND time > @since AND time <= @time
        """, sql => sql.With("tenant", flag.Tenant.Value).With("agent", flag.AgentId).With("key", flag.KeyId).With("time", flag.Time)
            .With("since", flag.Time - (denials > trust ? denials : trust)).With("denials_since", flag.Time - denials).With("trust_since", flag.Time - trust),
        row => (row.IntOrNull() ?? 0, row.RealOrNull()), cancel).ConfigureAwait(false);

    public ValueTask<int> Handle(IReadOnlyList<HandledFlag> flags, CancellationToken cancel = default) => database.Change(async session =>
    {
        if (flags.Count == 0)
            return 0;
        var ids = string.Join(',', flags.Select(one => one.Flag.Id.ToString(CultureInfo.InvariantCulture)));
        var taken = await session.Sql($"UPDATE incident_flags SET handled = true WHERE id IN ({ids}) AND NOT handled RETURNING id")
            .All(row => row.Long(), cancel).ConfigureAwait(false);
        var opened = 0;
        // In one order, so that silos wait for one another's slots but never in a circle.
        foreach (var (flag, opening) in flags.Where(one => taken.Contains(one.Flag.Id)).SelectMany(one => one.Openings.Select(opening => (one.Flag, opening)))
            .OrderBy(one => one.Flag.Tenant.Value).ThenBy(one => one.opening.Slot, StringComparer.Ordinal).ThenBy(one => one.Flag.Id))
            if (await IncidentSteps.OpenOrJoin(session, flag, opening, cancel).ConfigureAwait(false))
                opened++;
        return opened;
    }, cancel);

    public ValueTask<int> Forget(TimeSpan age, int limit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var before = session.Dialect.NowPlus("@age");
        var slots = await session.Sql($"""
            DELETE FROM incident_slots WHERE (tenant_id, slot) IN (SELECT tenant_id, slot FROM incident_slots WHERE last_at < {before} ORDER BY last_at LIMIT @limit)
            """).With("age", -age).With("limit", limit).Run(cancel).ConfigureAwait(false);
        return slots + await session.Sql($"""
            DELETE FROM incident_flags WHERE id IN (SELECT id FROM incident_flags WHERE time < {before} AND handled ORDER BY time LIMIT @limit)
            """).With("age", -age).With("limit", limit).Run(cancel).ConfigureAwait(false);
    }, cancel);

    public ValueTask<bool> Open(NewIncident incident, IReadOnlyList<TraceId> traces, IncidentNote? note, OutboxRow alert, AuditRow audit, CancellationToken cancel = default) => database.Change(async session =>
    {
        await IncidentSteps.Insert(session, incident, cancel).ConfigureAwait(false);
        foreach (var trace in traces.Distinct())
            await session.Sql("""
                INSERT INTO incident_records (tenant_id, incident_id, trace_id, time, tool, operation, decision, risk_band, cause)
                SELECT tenant_id, @incident, trace_id, time, tool, operation, decision, risk_band, @cause FROM decision_records WHERE tenant_id = @tenant AND trace_id = @trace
                ON CONFLICT DO NOTHING
                """).With("tenant", incident.Tenant.Value).With("incident", incident.Incident).With("cause", incident.Trigger).With("trace", trace.Value)
                .Run(cancel).ConfigureAwait(false);
        await IncidentSteps.Count(session, incident.Tenant.Value, incident.Incident, cancel).ConfigureAwait(false);
        if (note is not null)
            await IncidentSteps.Note(session, incident.Tenant, incident.Incident, note, cancel).ConfigureAwait(false);
        await Outbox.Insert(session, alert, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return true;
    }, cancel);

    public ValueTask<IncidentRow?> Find(TenantId tenant, Guid incident, CancellationToken cancel = default) => database.One(
        $"SELECT {IncidentSteps.Columns} FROM incidents WHERE {IncidentSteps.ById}", sql => sql.With("tenant", tenant.Value).With("incident", incident), Read, cancel);

    public async ValueTask<IReadOnlyList<IncidentRow>> List(TenantId tenant, IncidentFilter filter, CancellationToken cancel = default)
    {
        var where = new Where("tenant_id = @tenant").And(filter.Status, "status = @status").And(filter.NotClosed, "status <> 2").And(filter.LeastSeverity, "severity >= @severity")
            .And(filter.AgentId, "agent_id = @agent").And(filter.Trigger, "cause = @cause").And(filter.Before, "incident_id < @before");
        return await database.All(
            $"SELECT {IncidentSteps.Columns} FROM incidents WHERE {where} ORDER BY incident_id DESC LIMIT @limit",
            sql => sql.With("tenant", tenant.Value).With("status", (byte)(filter.Status ?? 0)).With("severity", (byte)(filter.LeastSeverity ?? 0)).With("agent", filter.AgentId)
                .With("cause", filter.Trigger).With("before", filter.Before).With("limit", Page.Size(filter.Limit)), Read, cancel).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<IncidentEntry>> Timeline(TenantId tenant, Guid incident, CancellationToken cancel = default)
    {
        await using var session = await database.Read(cancel).ConfigureAwait(false);
        var records = await session.Sql($"""
            SELECT time, trace_id, decision, risk_band, tool, operation, cause FROM incident_records WHERE {IncidentSteps.ById} ORDER BY time DESC, trace_id DESC LIMIT @limit
            """).With("tenant", tenant.Value).With("incident", incident).With("limit", MostEntries).All(ReadRecord, cancel).ConfigureAwait(false);
        var notes = await session.Sql($"SELECT at, kind, author, note FROM incident_notes WHERE {IncidentSteps.ById} ORDER BY id DESC LIMIT @limit")
            .With("tenant", tenant.Value).With("incident", incident).With("limit", MostEntries)
            .All(row => new IncidentEntry(row.Time(), row.Text(), row.Text(), row.Text(), null, null, null, null, null, null), cancel).ConfigureAwait(false);
        // Read newest first; what was written at the same moment keeps its order.
        return [.. records.AsEnumerable().Reverse().Concat(notes.AsEnumerable().Reverse()).OrderBy(entry => entry.At)];
    }

    public ValueTask<IncidentRow?> Transition(
        TenantId tenant, Guid incident, IncidentStatus from, IncidentStatus to, string? resolution, IReadOnlyList<IncidentNote> notes, AuditRow audit, CancellationToken cancel = default) =>
        database.Change(async session =>
        {
            var closed = to == IncidentStatus.Closed ? $", closed_at = {session.Dialect.Now}" : "";
            var row = await session.Sql($"""
                UPDATE incidents SET status = @to, resolution = @resolution, changed_at = {session.Dialect.Now}{closed}
                WHERE {IncidentSteps.ById} AND status = @from RETURNING {IncidentSteps.Columns}
                """).With("tenant", tenant.Value).With("incident", incident).With("from", (byte)from).With("to", (byte)to).With("resolution", resolution)
                .One(Read, cancel).ConfigureAwait(false);
            if (row is null)
                return null;
            foreach (var note in notes)
                await IncidentSteps.Note(session, tenant, incident, note, cancel).ConfigureAwait(false);
            await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
            return row;
        }, cancel);

    public ValueTask<bool> Note(
        TenantId tenant, Guid incident, IncidentNote note, AuditRow audit, IReadOnlyList<OutboxRow> outbox, CancellationToken cancel = default) => database.Change(async session =>
    {
        var changed = await session.Sql($"UPDATE incidents SET changed_at = {session.Dialect.Now} WHERE {IncidentSteps.ById}")
            .With("tenant", tenant.Value).With("incident", incident).Run(cancel).ConfigureAwait(false);
        if (changed == 0)
            return false;
        await IncidentSteps.Note(session, tenant, incident, note, cancel).ConfigureAwait(false);
        foreach (var row in outbox)
            await Outbox.Insert(session, row, cancel).ConfigureAwait(false);
        await AuditLog.Insert(session, audit, cancel).ConfigureAwait(false);
        return true;
    }, cancel);

    public ValueTask<int> PruneClosed(TenantId tenant, DateTimeOffset before, int limit, CancellationToken cancel = default) => database.Change(async session =>
    {
        var gone = await session.Sql("""
            DELETE FROM incidents WHERE tenant_id = @tenant AND incident_id IN
              (SELECT incident_id FROM incidents WHERE tenant_id = @tenant AND status = 2 AND closed_at < @before ORDER BY incident_id LIMIT @limit)
            RETURNING incident_id
            """).With("tenant", tenant.Value).With("before", before).With("limit", limit).All(row => row.Uuid(), cancel).ConfigureAwait(false);
        await PruneGuard.Open(session, tenant, cancel).ConfigureAwait(false);
        foreach (var incident in gone)
            foreach (var table in (string[])["incident_records", "incident_notes"])
                await session.Sql($"DELETE FROM {table} WHERE {IncidentSteps.ById}").With("tenant", tenant.Value).With("incident", incident).Run(cancel).ConfigureAwait(false);
        await PruneGuard.Close(session, tenant, cancel).ConfigureAwait(false);
        return gone.Count;
    }, cancel);

    static IncidentRow Read(Row row)
    {
        var incident = new NewIncident(new(row.Uuid()), row.Uuid(), row.Text(), (RiskBand)row.Small(), row.Text(), row.Text(), row.Text());
        return new(incident, (IncidentStatus)row.Small(), row.TextOrNull(), row.Int(), row.Time(), row.Time(), row.TimeOrNull());
    }

    static StoredFlag ReadFlag(Row row) => new(
        row.Long(), new(row.Uuid()), new(row.Uuid()), row.Time(), row.Text(), row.Text(), row.Text(), row.Text(), (Decision)row.Small(), (RiskBand)row.Small(),
        new(row.Flag(), row.Text(), row.RealOrNull(), row.RealOrNull()));

    static IncidentEntry ReadRecord(Row row)
    {
        var (time, trace, decision, band) = (row.Time(), row.Uuid(), (Decision)row.Small(), (RiskBand)row.Small());
        return new(time, "record", null, null, trace, decision, band, row.Text(), row.Text(), row.Text());
    }
}
