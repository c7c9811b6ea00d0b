using System.Text.Json;
using Interven.Contracts.Access;
using Interven.Contracts.Errors;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.People;
using Interven.Grains.Ports;
using Microsoft.Extensions.Options;
using TenantRow = Interven.Contracts.Tenants.TenantRow;

namespace Interven.Grains.Tenants;

[GrainType("operator"), Reentrant]
sealed class OperatorGrain(
    ITenantStore tenants, IServiceAccountStore accounts, IUserStore users, NewPeople newcomers, SeededPolicies seeds, TenantErasures erasures, Secrets secrets, ChangeBarrier barrier,
    IOptions<OperatorOptions> options, TimeProvider clock)
    : Grain, IOperatorGrain, IDisposable
{
    static readonly Refusal Taken = new(409, ReasonCodes.Conflict, "The address belongs to somebody already.", [new FieldError("$.admin_email", "The address belongs to somebody already.")]);
    static readonly string DefaultSettings = JsonSerializer.Serialize(TenantSettings.Default, ContractJson.Default.TenantSettings);

    /// <summary>Silos that start at once come in turn.</summary>
    readonly SemaphoreSlim first = new(1, 1);

    public async Task<Reply<CreatedTenant>> CreateTenant(CreateTenantRequest request, Actor actor)
    {
        var problems = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100)
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
        if (Emails.Problem(request.AdminEmail, "$.admin_email") is { } problem)
            problems.Add(problem);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        return await Create(new(Guid.CreateVersion7(clock.GetUtcNow())), request, actor);
    }

    public async Task<Reply<FirstAdmin>> CreateFirstTenant(Actor actor)
    {
        await first.WaitAsync();
        try
        {
            return await MakeFirst(actor);
        }
        finally
        {
            first.Release();
        }
    }

    public Task<Reply<TenantErasure>> EraseTenant(Guid tenant, string? confirmation, Actor actor) => erasures.Erase(new(tenant), confirmation, actor);

    public async Task<IReadOnlyList<TenantRow>> Tenants()
    {
        var rows = new List<TenantRow>();
        while (true)
        {
            var page = await tenants.List(rows.Count > 0 ? rows[^1].Name : "", 500);
            rows.AddRange(page.Select(row => new TenantRow(row.Tenant.Value, row.Name, row.CreatedAt)));
            if (page.Count < 500)
                return rows;
        }
    }

    async Task<Reply<FirstAdmin>> MakeFirst(Actor actor)
    {
        // A start that died half-way left a tenant without anyone to open it: whatever is missing is made up for.
        await tenants.Create(FirstTenant.Id, FirstTenant.Name, DefaultSettings, actor);
        var (hasUser, hasToken) = ((await users.List(FirstTenant.Id)).Count > 0, (await accounts.List(FirstTenant.Id)).Count > 0);
        if (hasUser && hasToken)
            return new Refusal(409, ReasonCodes.Conflict, "The first tenant is there already.");
        if (!hasToken)
            await seeds.Apply(FirstTenant.Id);
        var (email, configured) = (options.Value.AdminEmail ?? FirstTenant.Email, options.Value.AdminPassword);
        var password = configured ?? Passwords.Temporary();
        if (!hasUser && await newcomers.Settle(FirstTenant.Id, email, Roles.Admin, password, actor) is null)
            return Taken;
        var token = hasToken ? null : await MakeToken(FirstTenant.Id, "operator", Roles.Operator, actor);
        return new FirstAdmin(FirstTenant.Id.Value, email, hasUser || configured is not null ? null : password, token);
    }

    public void Dispose() => first.Dispose();

    async Task<Reply<CreatedTenant>> Create(TenantId tenant, CreateTenantRequest request, Actor actor)
    {
        if (await users.FindByEmail(request.AdminEmail!) is not null)
            return Taken;
        var created = await tenants.Create(tenant, request.Name!, DefaultSettings, actor);
        if (!created.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "There is such a tenant already.");
        await seeds.Apply(tenant);
        var invited = await newcomers.Invite(tenant, request.AdminEmail!, Roles.Admin, actor);
        if (invited.Value is not { } admin)
            return invited.Refusal!;
        var token = request.WithToken ? await MakeToken(tenant, request.AdminEmail!, Roles.Admin, actor) : null;
        return new CreatedTenant(tenant.Value, request.Name!, admin.Email, admin.TemporaryPassword, token);
    }

    async Task<string> MakeToken(TenantId tenant, string name, string role, Actor actor)
    {
        var token = Secrets.New(KeyKind.Service);
        var id = Secrets.IdOf(token);
        var account = await accounts.Create(new(tenant, new(id), name, await secrets.Hash(token), role, []),
            new() { Tenant = tenant, Actor = actor, Action = "service_account.created", Target = "service_account/" + id });
        await barrier.Pass(account.ChangeId);
        return token;
    }
}
