using System.Net;
using System.Security.Cryptography;
using System.Text;
using Interven.Contracts.Access;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace Interven.Grains.People;

/// <summary>Says who a token is. Everything is read at every call: what was revoked, removed or ended a moment ago opens nothing, on no silo.</summary>
sealed class Callers(IServiceAccountStore accounts, ISessionStore sessions, IUserStore users, Secrets secrets, IOptions<OperatorOptions> options, TimeProvider clock)
{
    static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);
    static readonly Refusal NotSignedIn = new(401, ReasonCodes.InvalidKey, "The token is unknown or revoked.");
    static readonly Refusal Over = new(401, ReasonCodes.SessionExpired, "The session is over. Sign in again.");
    static readonly Refusal Elsewhere = new(403, ReasonCodes.IpNotAllowed, "The caller's address is not on the account's allowlist.");

    public async Task<Reply<Principal>> OfToken(string token, string clientAddress)
    {
        if (options.Value.Token is { } configured
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(configured)), SHA256.HashData(Encoding.UTF8.GetBytes(token))))
            return new Principal(FirstTenant.Id.Value, Roles.Operator, "operator", "configured", true) { Name = "operator" };
        if (!KeyFormat.TryParse(token, out var parsed) || parsed.Kind != KeyKind.Service
            || await accounts.Find(new(parsed.Id)) is not { RevokedAt: null } row || !await secrets.Matches(token, row.Account.Hash))
            return NotSignedIn;
        return Allows(row, clientAddress) ? Of(row) : Elsewhere;
    }

    public async Task<Reply<Principal>> OfSession(string token, string clientAddress)
    {
        if (!token.StartsWith(Sessions.TokenPrefix, StringComparison.Ordinal) || token.Length > 100 || await sessions.Find(await secrets.Hash(token)) is not { } session)
            return Over;
        var reply = session.Kind == NewSession.OfUser ? await OfUser(session) : await OfAccount(session, clientAddress);
        if (reply.Refusal is null && clock.GetUtcNow() - session.LastSeenAt > NotedEvery)
            await sessions.Seen(session.Tenant, session.Session);
        return reply;
    }

    async Task<Reply<Principal>> OfUser(SessionRow session) => await users.Find(session.Tenant, session.User) is { RemovedAt: null } user
        ? new Principal(user.Tenant.Value, user.Role, "user", user.User.ToString(), false)
        {
            Name = user.Email, Session = session.Session.Value, MustChangePassword = user.TemporaryUntil is not null, HasSecondFactor = user.SecondFactor.Enabled,
        }
        : Over;

    async Task<Reply<Principal>> OfAccount(SessionRow session, string clientAddress)
    {
        if (await accounts.Find(new(session.Owner)) is not { RevokedAt: null } row || row.Account.Tenant != session.Tenant)
            return Over;
        if (session.Ip != clientAddress)
            return new Refusal(403, ReasonCodes.IpNotAllowed, "The session is bound to the address that opened it.");
        return Allows(row, clientAddress) ? Of(row) with { Session = session.Session.Value, IsReadOnly = true } : Elsewhere;
    }

    static bool Allows(ServiceAccountRow row, string clientAddress) => row.Account.Allowlist.Count == 0
        || IPAddress.TryParse(clientAddress, out var address) && row.Account.Allowlist.Any(block => AddressBlocks.Parse(block).Contains(address));

    static Principal Of(ServiceAccountRow row)
    {
        var isOperator = row.Account.Role == Roles.Operator;
        return new(row.Account.Tenant.Value, row.Account.Role, isOperator ? "operator" : "service_account", row.Account.Account.Value, isOperator) { Name = row.Account.Name };
    }
}
