using System.Text.Json;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

/// <summary>Lets people in with a temporary password that is shown once.</summary>
sealed class NewPeople(IUserStore users, Passwords passwords, TimeProvider clock)
{
    static readonly TimeSpan TemporaryFor = TimeSpan.FromDays(7);
    static readonly Refusal Taken = new(409, ReasonCodes.Conflict, "The address belongs to somebody already.", [new("$.email", "The address belongs to somebody already.")]);

    public async Task<Reply<InvitedUser>> Invite(TenantId tenant, string email, string role, Actor actor)
    {
        var password = Passwords.Temporary();
        var row = await Create(tenant, email, role, new(await passwords.Hash(password), TemporaryFor), actor);
        return row is null ? Taken : Shown(row, password);
    }

    /// <summary>A person with a password of their own choice; null where the address is taken.</summary>
    public async Task<UserRow?> Settle(TenantId tenant, string email, string role, string password, Actor actor) =>
        await Create(tenant, email, role, new NewPassword(await passwords.Hash(password)), actor);

    /// <summary>Takes the second factor away first, so that a failure in between leaves the old password, which the person may know.</summary>
    public async Task<Reply<InvitedUser>> Reset(UserRow user, AuditRow audit)
    {
        if (user.SecondFactor.SealedSecret is not null)
        {
            var bare = await users.SetSecondFactor(user.Tenant, user.User, user.Version, SecondFactor.None, audit with { Action = "user.second_factor_disabled" });
            if (bare is not { Outcome: ChangeOutcome.Done, Value: { } without })
                return new Refusal(409, ReasonCodes.Conflict, "The account was changed at this moment. Try again.");
            user = without;
        }
        var password = Passwords.Temporary();
        var changed = await users.SetPassword(user.Tenant, user.User, user.Version, new(await passwords.Hash(password), TemporaryFor), audit);
        return changed is { Outcome: ChangeOutcome.Done, Value: { } row } ? Shown(row, password) : new Refusal(409, ReasonCodes.Conflict, "The account was changed at this moment. Try again.");
    }

    async Task<UserRow?> Create(TenantId tenant, string email, string role, NewPassword password, Actor actor)
    {
        var user = new NewUser(tenant, new(Guid.CreateVersion7(clock.GetUtcNow())), email, role, password);
        var created = await users.Create(user, new()
        {
            Tenant = tenant, Actor = actor, Action = "user.invited", Target = "user/" + user.User,
            After = JsonSerializer.Serialize(new Dictionary<string, string> { ["email"] = email, ["role"] = role }),
        });
        return created.IsDone ? created.Value : null;
    }

    static InvitedUser Shown(UserRow row, string password) => new(row.User.Value, row.Email, row.Role, password, row.TemporaryUntil!.Value);
}
