using System.Security.Cryptography;
using Interven.Contracts.Errors;
using Interven.Grains.Ports;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Interven.Grains.People;

/// <summary>Passwords as ASP.NET Core Identity keeps them (PBKDF2 with HMAC-SHA-512, salted). A look at one costs about a tenth of a second, so only a few are looked at together.</summary>
sealed class Passwords : IDisposable
{
    public const int Shortest = 12, Longest = 256;
    const int Iterations = 210_000, FewestDifferent = 5, TemporaryLength = 20;

    /// <summary>Without what is mistaken for something else when it is read out.</summary>
    const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

    static readonly UserRow Nobody = new() { Tenant = default, User = default, Email = "", Role = "", CreatedAt = default, Version = 0 };
    readonly PasswordHasher<UserRow> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    readonly SemaphoreSlim few = new(Math.Max(1, Environment.ProcessorCount / 2));
    readonly Lazy<string> nobodys;

    public Passwords() => nobodys = new(() => hasher.HashPassword(Nobody, RandomNumberGenerator.GetString(Alphabet, TemporaryLength)));

    public static string Temporary() => RandomNumberGenerator.GetString(Alphabet, TemporaryLength);

    public async ValueTask<string> Hash(string password) => await Work(() => hasher.HashPassword(Nobody, password));

    /// <summary>Takes as long where there is nobody, or nobody with a password.</summary>
    public async ValueTask<bool> Matches(UserRow? user, string password)
    {
        // Made by whoever comes first, somebody or nobody.
        var nobody = nobodys.Value;
        var hash = user?.PasswordHash ?? nobody;
        var result = await Work(() => hasher.VerifyHashedPassword(Nobody, hash, password));
        return result != PasswordVerificationResult.Failed && user?.PasswordHash is not null;
    }

    /// <summary>What is wrong with a password of somebody's own choice, or null.</summary>
    public static FieldError? Problem(string? password, string email, string path)
    {
        if (password is null || password.Length is < Shortest or > Longest)
            return new(path, $"A password has {Shortest} to {Longest} characters.");
        if (password.Distinct().Count() < FewestDifferent)
            return new(path, $"A password has at least {FewestDifferent} different characters.");
        var name = email[..email.IndexOf('@', StringComparison.Ordinal)];
        return name.Length >= 4 && password.Contains(name, StringComparison.OrdinalIgnoreCase) ? new(path, "A password does not hold one's own address.") : null;
    }

    public void Dispose() => few.Dispose();

    async ValueTask<T> Work<T>(Func<T> work)
    {
        await few.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            few.Release();
        }
    }
}
