using Interven.Contracts.Incidents;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public class IncidentTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_flag_is_there_with_its_record_and_handled_once_however_many_look(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var incidents = room.Get<IIncidentStore>();
        await Append(room, () => Make.Append(tenant) with { Flag = Denial });
        var flag = Assert.Single(await incidents.Waiting(1000), one => one.Tenant == tenant);
        Assert.Equal((true, "[]", 1.0, .95), (flag.Flag.IsDenial, flag.Flag.CausesJson, flag.Flag.TrustBefore!.Value, flag.Flag.TrustAfter!.Value));
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => incidents.Handle([new(flag, [Opening(flag, "slot")])]).AsTask()));
        Assert.Equal(1, opened.Sum());
        var incident = Assert.Single(await incidents.List(tenant, new()));
        Assert.Equal((1, IncidentStatus.Open), (incident.Records, incident.Status));
        Assert.DoesNotContain(await incidents.Waiting(1000), one => one.Tenant == tenant);
        Assert.Equal("incident_alert", Assert.Single(await Alerts(room, tenant)));
    }

    [Theory, OnBoth]
    public async Task Flags_handled_at_the_same_time_make_one_incident_with_all_their_records(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var incidents = room.Get<IIncidentStore>();
        for (var n = 0; n < 12; n++)
            await Append(room, () => Make.Append(tenant) with { Flag = Denial });
        var flags = (await incidents.Waiting(1000)).Where(one => one.Tenant == tenant).ToList();
        var opened = await Task.WhenAll(flags.Select(flag => incidents.Handle([new(flag, [Opening(flag, "slot")])]).AsTask()));
        Assert.Equal(1, opened.Sum());
        Assert.Equal(12, Assert.Single(await incidents.List(tenant, new())).Records);
    }

    [Theory, OnBoth]
    public async Task What_is_closed_or_too_old_is_not_joined(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var incidents = room.Get<IIncidentStore>();
        async Task Handle(DateTimeOffset time)
        {
            await Append(room, () => new() { Row = Make.Row(tenant, time: time), Flag = Denial });
            var flag = (await incidents.Waiting(1000)).Single(one => one.Tenant == tenant);
            await incidents.Handle([new(flag, [Opening(flag, "slot")])]);
        }
        await Handle(Make.Noon);
        await Handle(Make.Noon.AddMinutes(59));
        Assert.Equal(2, Assert.Single(await incidents.List(tenant, new())).Records);
        await Handle(Make.Noon.AddMinutes(59 + 61));
        Assert.Equal(2, (await incidents.List(tenant, new())).Count);
        var newest = (await incidents.List(tenant, new()))[0];
        Assert.NotNull(await incidents.Transition(tenant, newest.Incident.Incident, IncidentStatus.Open, IncidentStatus.Closed, "false_positive", [new("note", "user/a", "done")], Make.Audit(tenant)));
        Assert.Null(await incidents.Transition(tenant, newest.Incident.Incident, IncidentStatus.Open, IncidentStatus.Closed, "false_positive", [], Make.Audit(tenant)));
        await Handle(Make.Noon.AddMinutes(59 + 62));
        Assert.Equal(3, (await incidents.List(tenant, new())).Count);
        Assert.Equal(1, await incidents.PruneClosed(tenant, TimeProvider.System.GetUtcNow().AddMinutes(1), 10));
        Assert.Equal(2, (await incidents.List(tenant, new())).Count);
    }

    [Theory, OnBoth]
    public async Task History_counts_within_the_windows_of_the_agent_alone(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var incidents = room.Get<IIncidentStore>();
        foreach (var (agent, minutes, trust) in ((string, int, double)[])[("a", -90, 1), ("a", -30, .9), ("b", -10, 1), ("a", 0, .85)])
            await Append(room, () => new() { Row = Make.Row(tenant, agent, time: Make.Noon.AddMinutes(minutes)), Flag = Denial with { TrustBefore = trust, TrustAfter = trust - .05 } });
        var newest = (await incidents.Waiting(1000)).Where(one => one.Tenant == tenant).MaxBy(one => (one.Time, one.Id))!;
        Assert.Equal((2, .9), await incidents.History(newest, TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        Assert.Equal((3, .9), await incidents.History(newest, TimeSpan.FromHours(2), TimeSpan.FromHours(1)));
    }

    [Theory, OnBoth]
    public async Task Notes_are_neither_changed_nor_taken_away(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var incidents = room.Get<IIncidentStore>();
        var id = Guid.CreateVersion7();
        await incidents.Open(new(tenant, id, "manual", RiskBand.Low, "odd", "agent-1", "kkkkkkkk"), [], new("note", "user/a", "first"), Alert(tenant, id), Make.Audit(tenant));
        foreach (var sql in (string[])["UPDATE incident_notes SET note = 'other'", "DELETE FROM incident_notes"])
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () => await room.Database.Change(session => session.Sql(sql).Run(default), default));
        Assert.Equal("first", Assert.Single(await incidents.Timeline(tenant, id)).Text);
    }

    /// <summary>A store that is too slow on a busy machine says so; another record is written then.</summary>
    static Task Append(Room room, Func<RecordAppend> append) => Eventually.Is(async () => await room.Log.Append(append()) is CommitReply.Committed, "the record is committed");

    static readonly FlagRow Denial = new(true, "[]", 1.0, .95);

    static IncidentOpening Opening(StoredFlag flag, string slot)
    {
        var incident = new NewIncident(flag.Tenant, Guid.CreateVersion7(), "repeated_deny", RiskBand.High, "again and again", flag.AgentId, flag.KeyId);
        return new(incident, slot, TimeSpan.FromHours(1), null, Alert(flag.Tenant, incident.Incident));
    }

    static OutboxRow Alert(TenantId tenant, Guid incident) => new(tenant, "incident_alert", "", incident.ToString(), "{}");

    static async Task<IEnumerable<string>> Alerts(Room room, TenantId tenant) =>
        (await room.Get<IOutbox>().Deliveries(tenant, "", 100)).Select(delivery => delivery.Item.Row.Kind);
}
