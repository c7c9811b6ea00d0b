using System.Security.Cryptography;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

/// <summary>Looks at codes of authenticators and at recovery codes. Either counts once, also where it is sent twice at the same moment.</summary>
sealed class SecondFactors(IUserStore users, IVault vault, Secrets secrets, TimeProvider clock)
{
    const int RecoveryCount = 10, RecoveryLength = 16;
    const string RecoveryAlphabet = "23456789abcdefghjkmnpqrstuvwxyz", Field = "totp";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A new secret, sealed for its person, and as text for the person.</summary>
    public async ValueTask<(SecondFactor Factor, string Text)> New(UserRow user)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        var sealer = await vault.For(user.Tenant);
        return (new(sealer.Seal(secret, user.User.ToString(), Field), false, 0, []), Totp.Text(secret));
    }

    /// <summary>The codes as the person gets them, and the hashes that are kept.</summary>
    public async ValueTask<(IReadOnlyList<string> Codes, IReadOnlyList<string> Hashes)> NewRecovery(UserRow user)
    {
        var codes = Enumerable.Range(0, RecoveryCount).Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryLength)).ToList();
        var hashes = new List<string>();
        foreach (var code in codes)
            hashes.Add(await HashOf(user, code));
        return (codes, hashes);
    }

    /// <summary>The step that a code of the authenticator belongs to; null where it is none, or was used.</summary>
    public async ValueTask<long?> StepOf(UserRow user, string code)
    {
        if (user.SecondFactor.SealedSecret is not { } secret)
            return null;
        var sealer = await vault.For(user.Tenant);
        return Totp.Match(sealer.Open(secret, user.User.ToString(), Field), code.Trim(), clock.GetUtcNow(), user.SecondFactor.LastStep);
    }

    /// <summary>Uses the code up. The person as they are then, or null where it was no good.</summary>
    public async ValueTask<UserRow?> Spend(UserRow user, string code)
    {
        var factor = user.SecondFactor;
        if (await StepOf(user, code) is { } step)
            factor = factor with { LastStep = step };
        else if (await HashOf(user, code.Trim().Replace("-", "", StringComparison.Ordinal)) is var hash && factor.Recovery.Contains(hash))
            factor = factor with { Recovery = [.. factor.Recovery.Where(one => one != hash)] };
        else
            return null;
        return await users.Spend(user.Tenant, user.User, user.Version, factor) ? user with { SecondFactor = factor, Version = user.Version + 1 } : null;
    }

    async ValueTask<string> HashOf(UserRow user, string code) => Convert.ToHexStringLower(await secrets.Hash($"recovery:{user.User}:{code.ToLowerInvariant()}"));
}
