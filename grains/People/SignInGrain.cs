using Interven.Contracts.Errors;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.GrainInterfaces.Tenants;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.People;

[GrainType("sign-in"), StatelessWorker, Reentrant]
sealed partial class SignInGrain(
    Callers callers, Sessions sessions, Passwords passwords, SecondFactors factors, IUserStore users, ISignInAttempts attempts, IAuditLog audits, Secrets secrets,
    ILogger<SignInGrain> log) : Grain, ISignInGrain
{
    static readonly Refusal BadCredentials = new(401, ReasonCodes.BadCredentials, "The address, the password or the code is wrong.");
    static readonly Refusal CodeMissing = new(401, ReasonCodes.TotpRequired, "The account has a second factor: send its code as `totp` too.");

    public Task<Reply<Principal>> WithToken(string token, string clientAddress) => callers.OfToken(token, clientAddress);

    public Task<Reply<Principal>> WithSession(string token, string clientAddress) => callers.OfSession(token, clientAddress);

    public async Task<Reply<SignedIn>> WithPassword(LoginRequest request, Actor origin)
    {
        if (Check(request) is { Count: > 0 } problems)
            return KeyRules.Invalid(problems);
        var source = GrainFactory.GetGrain<ISourcesGrain>(GrainKeys.Source(origin.Ip));
        if (await source.Take(origin.Ip) is { } seconds)
        {
            SourceRefused(log, origin.Ip);
            return new Refusal(429, ReasonCodes.RateLimited, "Too many sign-ins have failed from this address.", RetryAfterSeconds: seconds);
        }
        var subject = await Subject(request.Email!);
        var lockedFor = TimeSpan.Zero;
        if (await attempts.Take(subject, failures => lockedFor = Lockout.After(failures)) is { } locked)
            return Locked(locked);
        var reply = await Judge(request, origin, subject, lockedFor > TimeSpan.Zero);
        if (reply.Refusal is null or { Reason: ReasonCodes.TotpRequired })
            await source.GiveBack(origin.Ip);
        return reply;
    }

    public Task<Reply<SignedIn>> ForCookieJar(Principal account, Actor actor) =>
        sessions.OpenForAccount(new(account.Tenant), account.Id, account.Name, account.Role, actor);

    public async Task NoteRefusal(Principal who, Actor actor, string endpoint, string reason) => await audits.Write(
        new() { Tenant = new(who.Tenant), Actor = actor, Action = "access.refused", Target = "endpoint/" + endpoint, Result = reason });

    /// <summary>The same work and the same words for whatever is wrong, be there such a person or not.</summary>
    async Task<Reply<SignedIn>> Judge(LoginRequest request, Actor origin, byte[] subject, bool locks)
    {
        var user = await users.FindByEmail(request.Email!);
        if (!await passwords.Matches(user, request.Password!) || Lockout.IsStale(user!, factors.Now))
            return await Refuse(user, origin, BadCredentials, locks);
        if (!user!.SecondFactor.Enabled)
            return await sessions.Open(user, "password", origin, subject);
        if (string.IsNullOrEmpty(request.Totp))
            return await Refuse(user, origin, CodeMissing, locks);
        return await factors.Spend(user, request.Totp) is { } after
            ? await sessions.Open(after, "totp", origin, subject)
            : await Refuse(user, origin, BadCredentials, locks);
    }

    async Task<Reply<SignedIn>> Refuse(UserRow? user, Actor origin, Refusal refusal, bool locks)
    {
        // Where there is nobody, the row belongs to the installation: it costs as long.
        var row = new AuditRow
        {
            Tenant = user?.Tenant ?? Secrets.Installation, Actor = origin with { Kind = "user", Id = user?.User.ToString() ?? "unknown" }, Action = "session.refused",
            Target = user is null ? "user/unknown" : "user/" + user.User, Result = refusal.Reason,
        };
        await audits.Write(row);
        // While the lock lasts nobody is looked at, and nothing more is written.
        if (locks)
            await audits.Write(row with { Result = ReasonCodes.LockedOut });
        return refusal;
    }

    static List<FieldError> Check(LoginRequest request)
    {
        var problems = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(request.Email) || request.Email.Length > Emails.Longest)
            problems.Add(new("$.email", "An e-mail address is required."));
        if (string.IsNullOrEmpty(request.Password) || request.Password.Length > Passwords.Longest)
            problems.Add(new("$.password", $"A password of at most {Passwords.Longest} characters is required."));
        if (request.Totp?.Length > 40)
            problems.Add(new("$.totp", "A code of at most 40 characters."));
        return problems;
    }

    ValueTask<byte[]> Subject(string email) => secrets.Hash("sign-in:" + email.Trim().ToLowerInvariant());

    static Refusal Locked(TimeSpan rest) => new(423, ReasonCodes.LockedOut,
        "Too many failures. Nobody is looked at for a while, whatever the password.", RetryAfterSeconds: Math.Max(1, (int)Math.Ceiling(rest.TotalSeconds)));

    [LoggerMessage(4401, LogLevel.Warning, "Sign-ins from {Address} are refused for a while: too many have failed")]
    static partial void SourceRefused(ILogger logger, string address);
}
