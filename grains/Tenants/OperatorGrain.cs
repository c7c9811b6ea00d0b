using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Interven.Contracts.Access;
using Interven.Contracts.Errors;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Microsoft.Extensions.Options;
using TenantRow = Interven.Contracts.Tenants.TenantRow;

namespace Interven.Grains.Tenants;

[GrainType("operator"), Reentrant]
sealed class OperatorGrain(
    ITenantStore tenants, IServiceAccountStore accounts, SeededPolicies seeds, TenantErasures erasures, Secrets secrets, ChangeBarrier barrier, IOptions<OperatorOptions> options, TimeProvider clock)
    : Grain, IOperatorGrain
{
    static readonly Refusal NotSignedIn = new(401, ReasonCodes.InvalidKey, "The token is unknown or revoked.");

    public async Task<Reply<CreatedTenant>> CreateTenant(CreateTenantRequest request, Actor actor)
    {
        var problems = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100)
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
        if (!MailAddress.TryCreate(request.AdminEmail, out var email) || email.Address != request.AdminEmail)
            problems.Add(new("$.admin_email", "An e-mail address is required."));
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        return await Create(new(Guid.CreateVersion7(clock.GetUtcNow())), request.Name!, request.AdminEmail!, Roles.Admin, actor);
    }

    public async Task<Reply<CreatedTenant>> CreateFirstTenant(Actor actor) =>
        await Create(FirstTenant.Id, FirstTenant.Name, FirstTenant.Email, Roles.Operator, actor);

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

    public async Task<Reply<Principal>> Authenticate(string token, string clientAddress)
    {
        if (options.Value.Token is { } configured
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(configured)), SHA256.HashData(Encoding.UTF8.GetBytes(token))))
            return new Principal(FirstTenant.Id.Value, Roles.Operator, "operator", "configured", true);
        if (!KeyFormat.TryParse(token, out var parsed) || parsed.Kind != KeyKind.Service
            || await accounts.Find(new(parsed.Id)) is not { RevokedAt: null } row || !await secrets.Matches(token, row.Account.Hash))
            return NotSignedIn;
        if (row.Account.Allowlist.Count > 0 && !row.Account.Allowlist.Any(block => IPNetwork.Parse(block).Contains(IPAddress.Parse(clientAddress))))
            return new Refusal(403, ReasonCodes.IpNotAllowed, "The caller's address is not on the account's allowlist.");
        var isOperator = row.Account.Role == Roles.Operator;
        return new Principal(row.Account.Tenant.Value, row.Account.Role, isOperator ? "operator" : "service_account", parsed.Id, isOperator);
    }

    async Task<Reply<CreatedTenant>> Create(TenantId tenant, string name, string email, string role, Actor actor)
    {
        var created = await tenants.Create(tenant, name, JsonSerializer.Serialize(TenantSettings.Default, ContractJson.Default.TenantSettings), actor);
        // A start that died half-way left a tenant without anyone to open it: that is mended, anything else is a clash.
        if (!created.IsDone && (await accounts.List(tenant)).Count > 0)
            return new Refusal(409, ReasonCodes.Conflict, "There is such a tenant already.");
        await seeds.Apply(tenant);
        var token = Secrets.New(KeyKind.Service);
        var id = Secrets.IdOf(token);
        var account = await accounts.Create(new(tenant, new(id), email, await secrets.Hash(token), role, []),
            new() { Tenant = tenant, Actor = actor, Action = "service_account.created", Target = "service_account/" + id });
        await barrier.Pass(account.ChangeId);
        return new CreatedTenant(tenant.Value, name, email, token);
    }
}
