using System.Text.Json;
using Interven.Contracts.Access;
using Interven.Contracts.Errors;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

/// <summary>The people of a tenant; its machines and sessions are in the other file.</summary>
[GrainType("people"), Reentrant]
sealed partial class PeopleGrain(
    IUserStore users, IServiceAccountStore accounts, ISessionStore sessions, ITenantStore tenants, NewPeople newcomers, Secrets secrets) : Grain, IPeopleGrain
{
    static readonly Refusal NoUser = new(404, ReasonCodes.NotFound, "There is no such person.");
    static readonly Refusal LastAdmin = new(409, ReasonCodes.LastAdmin, "A tenant keeps at least one admin. Make somebody else an admin first.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Me> Me(Principal caller) => new(
        caller.Tenant, (await tenants.Find(Tenant))?.Name ?? "", caller.Kind, caller.Id, caller.Name, caller.Kind == "user" ? caller.Name : null, caller.Role,
        [.. Permission.Of(caller.Role).Where(permission => !caller.IsReadOnly || !permission.Changes).Select(permission => permission.Name)],
        caller.MustChangePassword, caller.HasSecondFactor, caller.IsReadOnly);

    public async Task<IReadOnlyList<TeamMember>> Users() => [.. (await users.List(Tenant)).Select(Member)];

    public async Task<Reply<InvitedUser>> Invite(InviteUserRequest request, Actor actor)
    {
        var problems = new List<FieldError>();
        if (Emails.Problem(request.Email, "$.email") is { } problem)
            problems.Add(problem);
        CheckRole(request.Role, problems);
        return problems.Count > 0 ? KeyRules.Invalid(problems) : await newcomers.Invite(Tenant, request.Email!, request.Role!, actor);
    }

    public async Task<Reply<TeamMember>> SetRole(Guid user, PatchUserRequest change, Actor actor)
    {
        var problems = new List<FieldError>();
        CheckRole(change.Role, problems);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        if (await users.Find(Tenant, new(user)) is not { RemovedAt: null } before)
            return NoUser;
        var changed = await users.SetRole(Tenant, new(user), change.Role!, Audit(actor, "user.role_changed", user, before.Role, change.Role));
        return changed.Outcome switch
        {
            ChangeOutcome.NotFound => NoUser,
            ChangeOutcome.Conflict => LastAdmin,
            _ => Member(changed.Value!),
        };
    }

    public async Task<Reply<InvitedUser>> Reset(Guid user, Actor actor)
    {
        if (await users.Find(Tenant, new(user)) is not { RemovedAt: null } before)
            return NoUser;
        return await newcomers.Reset(before, Audit(actor, "user.reset", user, null, null));
    }

    public async Task<Reply<Done>> Remove(Guid user, Actor actor)
    {
        if (await users.Find(Tenant, new(user)) is not { RemovedAt: null } before)
            return NoUser;
        var changed = await users.Remove(Tenant, new(user), Audit(actor, "user.removed", user, before.Role, null));
        return changed.Outcome switch
        {
            ChangeOutcome.NotFound => NoUser,
            ChangeOutcome.Conflict => LastAdmin,
            _ => Done.It,
        };
    }

    static TeamMember Member(UserRow user) => new(
        user.User.Value, user.Email, user.Role, user.CreatedAt, user.LastSignInAt, user.TemporaryUntil is not null, user.SecondFactor.Enabled, user.Subject is not null);

    static void CheckRole(string? role, List<FieldError> problems)
    {
        if (role is null || !Roles.Given.Contains(role))
            problems.Add(new("$.role", $"The roles are {string.Join(", ", Roles.Given)}."));
    }

    AuditRow Audit(Actor actor, string action, Guid user, string? before, string? after) =>
        new() { Tenant = Tenant, Actor = actor, Action = action, Target = $"user/{user:D}", Before = Json(before), After = Json(after) };

    static string? Json(string? role) => role is null ? null : JsonSerializer.Serialize(new Dictionary<string, string> { ["role"] = role });
}
