using System.Security.Cryptography;
using Interven.Contracts.Access;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class SessionTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_session_is_found_by_its_hash_until_it_is_ended(string store)
    {
        var room = stores.Room(store);
        var (sessions, person) = (room.Get<ISessionStore>(), await Person(room));
        var (one, two) = (New(person), New(person));
        var opened = await sessions.Open(one, Make.Audit(person.Tenant));
        Assert.NotNull(await sessions.Open(two, Make.Audit(person.Tenant)));
        Assert.Equal(opened, await sessions.Find(one.Hash));
        Assert.Null(await sessions.Find(RandomNumberGenerator.GetBytes(32)));
        Assert.NotNull((await room.Get<IUserStore>().Find(person.Tenant, person.User))!.LastSignInAt);
        Assert.Equal(new HashSet<SessionId> { one.Session, two.Session }, (await sessions.List(person.Tenant, one.Owner)).Select(row => row.Session).ToHashSet());
        Assert.Empty(await sessions.List(person.Tenant, "somebody else"));

        Assert.Equal(ChangeOutcome.NotFound, (await sessions.End(Make.Tenant(), one.Session, null, Make.Audit(person.Tenant))).Outcome);
        Assert.Equal(ChangeOutcome.NotFound, (await sessions.End(person.Tenant, one.Session, "somebody else", Make.Audit(person.Tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await sessions.End(person.Tenant, one.Session, one.Owner, Make.Audit(person.Tenant))).Outcome);
        Assert.Null(await sessions.Find(one.Hash));
        Assert.NotNull(await sessions.Find(two.Hash));
    }

    [Theory, OnBoth]
    public async Task A_session_ends_by_its_idle_time_and_by_its_whole_time(string store)
    {
        var room = stores.Room(store);
        var (sessions, person) = (room.Get<ISessionStore>(), await Person(room));
        var (idle, over) = (New(person) with { Idle = TimeSpan.Zero }, New(person) with { Life = TimeSpan.Zero });
        await sessions.Open(idle, Make.Audit(person.Tenant));
        await sessions.Open(over, Make.Audit(person.Tenant));
        var live = New(person);
        var opened = (await sessions.Open(live, Make.Audit(person.Tenant)))!;
        Assert.Null(await sessions.Find(idle.Hash));
        Assert.Null(await sessions.Find(over.Hash));
        await sessions.Seen(person.Tenant, live.Session);
        var seen = (await sessions.Find(live.Hash))!;
        Assert.True(seen.IdleEndsAt >= opened.IdleEndsAt && seen.EndsAt == opened.EndsAt);
        Assert.True(await sessions.DeleteOver(1000) >= 2);
        Assert.NotNull(await sessions.Find(live.Hash));
    }

    [Theory, OnBoth]
    public async Task What_was_judged_by_an_old_account_opens_nothing_and_changes_end_what_is_open(string store)
    {
        var room = stores.Room(store);
        var (sessions, users, person) = (room.Get<ISessionStore>(), room.Get<IUserStore>(), await Person(room));
        var before = New(person);
        await sessions.Open(before, Make.Audit(person.Tenant));
        var changed = (await users.SetPassword(person.Tenant, person.User, person.Version, new("new"), Make.Audit(person.Tenant))).Value!;
        Assert.Null(await sessions.Find(before.Hash));
        Assert.Null(await sessions.Open(New(person), Make.Audit(person.Tenant)));
        var after = New(changed);
        Assert.NotNull(await sessions.Open(after, Make.Audit(person.Tenant)));
        await users.Remove(person.Tenant, person.User, Make.Audit(person.Tenant));
        Assert.Null(await sessions.Find(after.Hash));
        Assert.Null(await sessions.Open(New(changed) with { OwnerVersion = changed.Version + 1 }, Make.Audit(person.Tenant)));
    }

    [Theory, OnBoth]
    public async Task No_session_opens_or_ends_without_its_audit_row(string store)
    {
        var room = stores.Room(store);
        var (sessions, person) = (room.Get<ISessionStore>(), await Person(room));
        var broken = Make.Audit(person.Tenant) with { Action = null! };
        var one = New(person);
        await Assert.ThrowsAnyAsync<Exception>(async () => await sessions.Open(one, broken));
        Assert.Null(await sessions.Find(one.Hash));
        await sessions.Open(one, Make.Audit(person.Tenant));
        await Assert.ThrowsAnyAsync<Exception>(async () => await sessions.End(person.Tenant, one.Session, null, broken));
        Assert.NotNull(await sessions.Find(one.Hash));
    }

    [Theory, OnBoth]
    public async Task A_crowd_of_guesses_is_counted_one_by_one(string store)
    {
        var room = stores.Room(store);
        var (attempts, subject) = (room.Get<ISignInAttempts>(), RandomNumberGenerator.GetBytes(32));
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => attempts.Take(subject, failures => failures < 5 ? TimeSpan.Zero : TimeSpan.FromMinutes(1)).AsTask()));
        Assert.Equal(5, taken.Count(wait => wait is null));
        Assert.All(taken.Where(wait => wait is not null), wait => Assert.InRange(wait!.Value.TotalSeconds, 30, 60));
        // A sign-in that is good forgives them.
        var person = await Person(room);
        await room.Get<ISessionStore>().Open(New(person) with { AttemptsOf = subject }, Make.Audit(person.Tenant));
        Assert.Null(await attempts.Take(subject, _ => TimeSpan.Zero));
    }

    static NewSession New(UserRow person) => new()
    {
        Tenant = person.Tenant, Session = new(Guid.CreateVersion7()), Hash = RandomNumberGenerator.GetBytes(32), Kind = NewSession.OfUser, Owner = person.User.ToString(),
        OwnerVersion = person.Version, Method = "password", Ip = "203.0.113.7", UserAgent = "test", Idle = TimeSpan.FromHours(8), Life = TimeSpan.FromHours(24),
    };

    static async Task<UserRow> Person(Room room)
    {
        var tenant = Make.Tenant();
        var users = room.Get<IUserStore>();
        await users.Create(new(tenant, new(Guid.CreateVersion7()), $"admin.{Make.Base62()}@x.example", Roles.Admin, new("hash")), Make.Audit(tenant));
        return (await users.Create(new(tenant, new(Guid.CreateVersion7()), $"person.{Make.Base62()}@x.example", Roles.Reviewer, new("hash")), Make.Audit(tenant))).Value!;
    }
}
