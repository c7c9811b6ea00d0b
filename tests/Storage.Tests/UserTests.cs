using Interven.Contracts.Access;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class UserTests(BothStores stores)
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory, OnBoth]
    public async Task A_person_is_found_by_address_in_any_case_over_all_tenants(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        var made = await Person(users, Make.Tenant());
        Assert.Equivalent(made, await users.FindByEmail(made.Email.ToUpperInvariant()), strict: true);
        Assert.Equivalent(made, await users.Find(made.Tenant, made.User), strict: true);
        Assert.Null(await users.Find(Make.Tenant(), made.User));
        Assert.InRange(made.TemporaryUntil!.Value - made.CreatedAt, Week - TimeSpan.FromSeconds(5), Week + TimeSpan.FromSeconds(5));
    }

    [Theory, OnBoth]
    public async Task An_address_belongs_to_one_person_until_that_one_is_removed(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        var (mine, other) = (Make.Tenant(), Make.Tenant());
        await Person(users, mine);
        var first = await Person(users, mine, Roles.Reviewer);
        var again = New(other, Roles.Admin) with { Email = first.Email.ToUpperInvariant() };
        Assert.Equal(ChangeOutcome.Conflict, (await users.Create(again, Make.Audit(other))).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await users.Remove(mine, first.User, Make.Audit(mine))).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await users.Create(again, Make.Audit(other))).Outcome);
        Assert.NotNull((await users.Find(mine, first.User))!.RemovedAt);
        Assert.Equal(ChangeOutcome.NotFound, (await users.SetRole(mine, first.User, Roles.Admin, Make.Audit(mine))).Outcome);
    }

    [Theory, OnBoth]
    public async Task The_last_admin_can_be_neither_removed_nor_demoted(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        var tenant = Make.Tenant();
        var (first, second) = (await Person(users, tenant), await Person(users, tenant));
        Assert.Equal(Roles.Auditor, (await users.SetRole(tenant, first.User, Roles.Auditor, Make.Audit(tenant))).Value!.Role);
        Assert.Equal(ChangeOutcome.Conflict, (await users.SetRole(tenant, second.User, Roles.Developer, Make.Audit(tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Conflict, (await users.Remove(tenant, second.User, Make.Audit(tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Unchanged, (await users.SetRole(tenant, second.User, Roles.Admin, Make.Audit(tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await users.Remove(tenant, first.User, Make.Audit(tenant))).Outcome);
    }

    [Theory, OnBoth]
    public async Task Admins_who_demote_one_another_at_once_leave_one(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        for (var round = 0; round < 5; round++)
        {
            var tenant = Make.Tenant();
            var admins = new[] { await Person(users, tenant), await Person(users, tenant), await Person(users, tenant) };
            await Task.WhenAll(admins.Select(async (admin, number) => await (number % 2 == 0
                ? users.Remove(tenant, admin.User, Make.Audit(tenant))
                : users.SetRole(tenant, admin.User, Roles.Auditor, Make.Audit(tenant)))));
            Assert.Single(await users.List(tenant), user => user.Role == Roles.Admin);
        }
    }

    [Theory, OnBoth]
    public async Task A_second_factor_and_a_password_change_only_from_what_was_read(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        var person = await Person(users, Make.Tenant());
        var factor = new SecondFactor([1, 2], true, 7, ["aa"]);
        var enrolled = (await users.SetSecondFactor(person.Tenant, person.User, person.Version, factor, Make.Audit(person.Tenant))).Value!;
        Assert.Equivalent(factor, enrolled.SecondFactor, strict: true);
        Assert.Equal(ChangeOutcome.Conflict, (await users.SetPassword(person.Tenant, person.User, person.Version, new("h2"), Make.Audit(person.Tenant))).Outcome);
        var spent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => users.Spend(person.Tenant, person.User, enrolled.Version, factor with { LastStep = 8 }).AsTask()));
        Assert.Single(spent, one => one);
        var changed = (await users.SetPassword(person.Tenant, person.User, enrolled.Version + 1, new("h2"), Make.Audit(person.Tenant))).Value!;
        Assert.Equal(("h2", null, 8L), (changed.PasswordHash, changed.TemporaryUntil, changed.SecondFactor.LastStep));
    }

    [Theory, OnBoth]
    public async Task An_identity_elsewhere_is_bound_once(string store)
    {
        var users = stores.Room(store).Get<IUserStore>();
        var (one, two) = (await Person(users, Make.Tenant()), await Person(users, Make.Tenant()));
        var subject = Make.Base62();
        Assert.Equal(ChangeOutcome.Done, (await users.Bind(one.Tenant, one.User, "https://idp.example", subject, Make.Audit(one.Tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Conflict, (await users.Bind(two.Tenant, two.User, "https://idp.example", subject, Make.Audit(two.Tenant))).Outcome);
        Assert.Equal(ChangeOutcome.Conflict, (await users.Bind(one.Tenant, one.User, "https://idp.example", Make.Base62(), Make.Audit(one.Tenant))).Outcome);
        Assert.Equal(one.User, (await users.FindBySubject("https://idp.example", subject))!.User);
        Assert.Null(await users.FindBySubject("https://other.example", subject));
    }

    [Theory, OnBoth]
    public async Task No_change_of_a_person_commits_without_its_audit_row(string store)
    {
        var room = stores.Room(store);
        var users = room.Get<IUserStore>();
        var tenant = Make.Tenant();
        await Person(users, tenant);
        var person = await Person(users, tenant);
        // A null where the table wants a text: the insert of the audit row fails.
        var broken = Make.Audit(tenant) with { Action = null! };
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.Create(New(tenant, Roles.Admin), broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.SetRole(tenant, person.User, Roles.Auditor, broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.SetPassword(tenant, person.User, person.Version, new("x"), broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.SetSecondFactor(tenant, person.User, person.Version, SecondFactor.None, broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.Bind(tenant, person.User, "i", "s", broken));
        await Assert.ThrowsAnyAsync<Exception>(async () => await users.Remove(tenant, person.User, broken));
        Assert.Equivalent(person, await users.Find(tenant, person.User), strict: true);
        Assert.Equal(2, (await users.List(tenant)).Count);
    }

    static NewUser New(TenantId tenant, string role) => new(tenant, new(Guid.CreateVersion7()), $"Person.{Make.Base62()}@tenant.example", role, new("hash", Week));

    static async Task<UserRow> Person(IUserStore users, TenantId tenant, string role = Roles.Admin) =>
        (await users.Create(New(tenant, role), Make.Audit(tenant, "user.invited"))).Value!;
}
