using Interven.Contracts.Access;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

[GrainType("account")]
sealed class AccountGrain(
    IUserStore users, ITenantStore tenants, ISignInAttempts attempts, Sessions sessions, Passwords passwords, SecondFactors factors, IAuditLog audits, Secrets secrets) : Grain, IAccountGrain
{
    static readonly Refusal Gone = new(404, ReasonCodes.NotFound, "There is no such person.");
    static readonly Refusal Changed = new(409, ReasonCodes.Conflict, "The account was changed at this moment. Try again.");
    static readonly Refusal WrongPassword = new(403, ReasonCodes.BadCredentials, "The current password is wrong.", [new("$.current", "The current password is wrong.")]);
    static readonly Refusal WrongCode = new(403, ReasonCodes.BadCredentials, "The code is wrong, or was used.", [new("$.code", "The code is wrong, or was used.")]);

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    UserId User => new(GrainKeys.UserOf(this.GetPrimaryKeyString()));

    public async Task<Reply<SignedIn>> ChangePassword(ChangePasswordRequest request, Actor actor)
    {
        if (await Find() is not { } user)
            return Gone;
        if (string.IsNullOrEmpty(request.Current) || request.Current.Length > Passwords.Longest)
            return KeyRules.Invalid([new("$.current", "The current password is required.")]);
        if (Passwords.Problem(request.New, user.Email, "$.new") is { } problem)
            return KeyRules.Invalid([problem]);
        if (request.New == request.Current)
            return KeyRules.Invalid([new("$.new", "The new password is the current one.")]);
        // A stolen session must not serve for guessing.
        var subject = await secrets.Hash("own-password:" + user.User);
        if (await attempts.Take(subject, Lockout.After) is { } locked)
            return new Refusal(423, ReasonCodes.LockedOut, "Too many failures. Try again later.", RetryAfterSeconds: Math.Max(1, (int)Math.Ceiling(locked.TotalSeconds)));
        if (!await passwords.Matches(user, request.Current))
            return await Refuse(WrongPassword, actor, "user.password_changed");
        var changed = await users.SetPassword(Tenant, User, user.Version, new(await passwords.Hash(request.New!)), Audit(actor, "user.password_changed"));
        return changed is { Outcome: ChangeOutcome.Done, Value: { } now } ? await sessions.Open(now, "password", actor, subject) : Changed;
    }

    public async Task<Reply<TotpEnrolment>> EnrolTotp(Actor actor)
    {
        if (await Find() is not { } user)
            return Gone;
        if (user.SecondFactor.Enabled)
            return new Refusal(409, ReasonCodes.Conflict, "A second factor is on already; switch it off first.");
        var (factor, text) = await factors.New(user);
        var changed = await users.SetSecondFactor(Tenant, User, user.Version, factor, Audit(actor, "user.second_factor_enrolled"));
        if (changed.Outcome != ChangeOutcome.Done)
            return Changed;
        return new TotpEnrolment(text, Totp.Uri(text, user.Email, (await tenants.Find(Tenant))?.Name ?? "Interven"));
    }

    public async Task<Reply<RecoveryCodes>> ConfirmTotp(TotpCode code, Actor actor)
    {
        if (await Find() is not { } user)
            return Gone;
        if (string.IsNullOrEmpty(code.Code) || code.Code.Length > 40)
            return KeyRules.Invalid([new("$.code", "A code of six digits is required.")]);
        if (user.SecondFactor is not { Enabled: false, SealedSecret: not null })
            return new Refusal(409, ReasonCodes.Conflict, "There is no second factor to be confirmed; enrol one first.");
        if (await factors.StepOf(user, code.Code) is not { } step)
            return await Refuse(WrongCode, actor, "user.second_factor_enabled");
        var (codes, hashes) = await factors.NewRecovery(user);
        var changed = await users.SetSecondFactor(Tenant, User, user.Version, user.SecondFactor with { Enabled = true, LastStep = step, Recovery = hashes }, Audit(actor, "user.second_factor_enabled"));
        return changed.Outcome == ChangeOutcome.Done ? new RecoveryCodes(codes) : Changed;
    }

    public async Task<Reply<Done>> DisableTotp(TotpCode code, Actor actor)
    {
        if (await Find() is not { } user)
            return Gone;
        if (string.IsNullOrEmpty(code.Code) || code.Code.Length > 40)
            return KeyRules.Invalid([new("$.code", "A code of the authenticator, or a recovery code, is required.")]);
        if (!user.SecondFactor.Enabled)
            return new Refusal(409, ReasonCodes.Conflict, "There is no second factor to switch off.");
        var subject = await secrets.Hash("own-code:" + user.User);
        if (await attempts.Take(subject, Lockout.After) is { } locked)
            return new Refusal(423, ReasonCodes.LockedOut, "Too many failures. Try again later.", RetryAfterSeconds: Math.Max(1, (int)Math.Ceiling(locked.TotalSeconds)));
        if (await factors.Spend(user, code.Code) is not { } after)
            return await Refuse(WrongCode, actor, "user.second_factor_disabled");
        var changed = await users.SetSecondFactor(Tenant, User, after.Version, SecondFactor.None, Audit(actor, "user.second_factor_disabled"));
        return changed.Outcome == ChangeOutcome.Done ? Done.It : Changed;
    }

    /// <summary>A wrong guess from within a session is a refused change.</summary>
    async Task<Refusal> Refuse(Refusal refusal, Actor actor, string action)
    {
        await audits.Write(Audit(actor, action) with { Result = refusal.Reason });
        return refusal;
    }

    async ValueTask<UserRow?> Find() => await users.Find(Tenant, User) is { RemovedAt: null } user ? user : null;

    AuditRow Audit(Actor actor, string action) => new() { Tenant = Tenant, Actor = actor, Action = action, Target = "user/" + User };
}
