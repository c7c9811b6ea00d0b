using System.Text.Json;
using Interven.Contracts.Access;
using Interven.Contracts.Errors;
using Interven.Contracts.Keys;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

sealed partial class PeopleGrain
{
    static readonly Refusal NoAccount = new(404, ReasonCodes.NotFound, "There is no such service account.");
    static readonly Refusal NoSession = new(404, ReasonCodes.NotFound, "There is no such session.");

    public async Task<IReadOnlyList<ServiceAccount>> ServiceAccounts() => [.. (await accounts.List(Tenant)).Where(IsTenants).Select(Listed)];

    public async Task<Reply<CreatedServiceAccount>> CreateServiceAccount(CreateServiceAccountRequest request, Actor actor)
    {
        var problems = new List<FieldError>();
        KeyRules.CheckName(request.Name, problems);
        CheckRole(request.Role, problems);
        KeyRules.CheckAllowlist(request.IpAllowlist, problems);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var blocks = AddressBlocks.Canonical(request.IpAllowlist);
        var token = Secrets.New(KeyKind.Service);
        var id = Secrets.IdOf(token);
        var after = JsonSerializer.Serialize(new Dictionary<string, object> { ["name"] = request.Name!, ["role"] = request.Role!, ["ip_allowlist"] = blocks });
        var created = await accounts.Create(new(Tenant, new(id), request.Name!, await secrets.Hash(token), request.Role!, blocks),
            new() { Tenant = Tenant, Actor = actor, Action = "service_account.created", Target = "service_account/" + id, After = after });
        return created.IsDone
            ? new CreatedServiceAccount(id, token, request.Name!, request.Role!, blocks)
            : new Refusal(409, ReasonCodes.Conflict, "The account could not be made; try again.");
    }

    public async Task<Reply<ServiceAccount>> RevokeServiceAccount(string id, Actor actor)
    {
        if (await accounts.Find(new(id)) is not { } row || row.Account.Tenant != Tenant || !IsTenants(row))
            return NoAccount;
        var changed = await accounts.Revoke(Tenant, new(id), new() { Tenant = Tenant, Actor = actor, Action = "service_account.revoked", Target = "service_account/" + id });
        return changed.IsDone ? Listed(changed.Value!) : NoAccount;
    }

    public async Task<IReadOnlyList<SessionEntry>> Sessions(string? owner, Guid? current)
    {
        var rows = await sessions.List(Tenant, owner);
        var names = (await users.List(Tenant)).ToDictionary(user => user.User.ToString(), user => user.Email);
        foreach (var account in await accounts.List(Tenant))
            names.TryAdd(account.Account.Account.Value, account.Account.Name);
        return [.. rows.Select(row => new SessionEntry(row.Session.Value, row.Kind, row.Owner, names.GetValueOrDefault(row.Owner, ""), row.Method, row.Ip, row.UserAgent,
            row.CreatedAt, row.LastSeenAt, row.EndsAt, row.Session.Value == current))];
    }

    public async Task<Reply<Done>> EndSession(Guid session, string? owner, Actor actor)
    {
        var ended = await sessions.End(Tenant, new(session), owner, new() { Tenant = Tenant, Actor = actor, Action = "session.ended", Target = "session" });
        return ended.IsDone ? Done.It : NoSession;
    }

    /// <summary>The operator's token is not the tenant's to see or to revoke.</summary>
    static bool IsTenants(ServiceAccountRow row) => Roles.Given.Contains(row.Account.Role);

    static ServiceAccount Listed(ServiceAccountRow row) => new(
        row.Account.Account.Value, row.Account.Name, row.Account.Role, row.Account.Allowlist, row.RevokedAt is null ? "active" : "revoked", row.CreatedAt, row.RevokedAt);
}
