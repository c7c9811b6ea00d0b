using System.Security.Cryptography;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Microsoft.Extensions.Options;

namespace Interven.Grains.People;

/// <summary>Opens sessions. The token goes into a cookie and is kept nowhere; the row carries its keyed hash.</summary>
sealed class Sessions(ISessionStore sessions, Secrets secrets, IOptions<SessionTerms> options, TimeProvider clock)
{
    public const string TokenPrefix = "iv_ses_";
    const int TokenLength = 43;

    public static readonly Refusal Gone = new(401, ReasonCodes.BadCredentials, "Sign in again: the account was changed at this moment.");

    /// <param name="user">As it was when the credentials were looked at.</param>
    /// <param name="method">How: <c>password</c>, <c>totp</c> or <c>sso</c>.</param>
    /// <param name="origin">From where.</param>
    /// <param name="attemptsOf">Whose counted failures are forgotten.</param>
    public async Task<Reply<SignedIn>> Open(UserRow user, string method, Actor origin, byte[]? attemptsOf)
    {
        var token = NewToken();
        var row = await sessions.Open(new()
        {
            Tenant = user.Tenant, Session = NewId(), Hash = await secrets.Hash(token), Kind = NewSession.OfUser, Owner = user.User.ToString(), OwnerVersion = user.Version,
            Method = method, Ip = origin.Ip, UserAgent = origin.UserAgent, Idle = TimeSpan.FromMinutes(options.Value.IdleMinutes),
            Life = TimeSpan.FromHours(options.Value.AbsoluteHours), AttemptsOf = attemptsOf,
        }, Audit(user.Tenant, origin with { Kind = "user", Id = user.User.ToString() }, "user/" + user.User, method));
        return row is null ? Gone : new SignedIn(token, row.EndsAt, new(user.Email, user.Role, user.TemporaryUntil is not null));
    }

    public async Task<Reply<SignedIn>> OpenForAccount(TenantId tenant, string account, string name, string role, Actor actor)
    {
        var token = NewToken();
        var life = TimeSpan.FromDays(options.Value.ServiceDays);
        var row = await sessions.Open(new()
        {
            Tenant = tenant, Session = NewId(), Hash = await secrets.Hash(token), Kind = NewSession.OfServiceAccount, Owner = account,
            Method = "token", Ip = actor.Ip, UserAgent = actor.UserAgent, Idle = life, Life = life,
        }, Audit(tenant, actor, "service_account/" + account, "token"));
        return row is null ? new Refusal(401, ReasonCodes.InvalidKey, "The token is unknown or revoked.") : new SignedIn(token, row.EndsAt, new(name, role, false));
    }

    static AuditRow Audit(TenantId tenant, Actor actor, string target, string method) =>
        new() { Tenant = tenant, Actor = actor, Action = "session.opened", Target = target, After = $$"""{"method":"{{method}}"}""" };

    static string NewToken() => TokenPrefix + RandomNumberGenerator.GetString(KeyFormat.Alphabet, TokenLength);

    SessionId NewId() => new(Guid.CreateVersion7(clock.GetUtcNow()));
}
