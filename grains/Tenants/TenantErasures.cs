using System.Buffers.Binary;
using System.Security.Cryptography;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.Grains.Evidence;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Tenants;

/// <summary>Erases tenants in two steps: a look with a token, and with that token everything. What a crash left over is erased by the next silo that looks.</summary>
sealed partial class TenantErasures(ITenantStore tenants, ITenantErasure store, LegalHolds holds, IVault vault, ChangeBarrier barrier, TimeProvider clock, ILogger<TenantErasures> log) : BackgroundService
{
    const int Batch = 2000;
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    /// <summary>How long the call itself goes on erasing.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such tenant.");

    public async Task<Reply<TenantErasure>> Erase(TenantId tenant, string? confirmation, Actor actor)
    {
        if (await tenants.Find(tenant) is not { } row)
            return NotFound;
        if (tenant == FirstTenant.Id)
            return new Refusal(409, ReasonCodes.Conflict, "The first tenant carries the operator's account; it cannot be erased.");
        if ((await holds.InForce(tenant)).Count > 0)
            return new Refusal(409, ReasonCodes.Conflict, "Legal holds keep records of this tenant; whoever made them has to release them first.");
        var now = clock.GetUtcNow();
        if (confirmation is null)
            return new TenantErasure(tenant.Value, "confirm", await Token(tenant, now + TokenLife), now + TokenLife, await store.Count(tenant));
        if (!await IsConfirmed(tenant, confirmation, now))
            return KeyRules.Invalid([new("confirm", "The confirmation token is wrong or over; ask for a new one by calling without it.")]);
        var begun = await store.Begin(tenant, new()
        {
            Tenant = FirstTenant.Id, Actor = actor, Action = "tenant.erased", Target = $"tenant/{tenant}",
            Before = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = row.Name }, Vault.VaultJson.Default.DictionaryStringString),
        });
        if (!begun.IsDone)
            return NotFound;
        // From here on no silo takes a key of the tenant; what a late commit leaves behind is found by the next round.
        await barrier.Pass(begun.ChangeId);
        var (erased, isDone) = await EraseAll(tenant, clock.GetTimestamp() + (long)(Patience.TotalSeconds * clock.TimestampFrequency), CancellationToken.None);
        return new TenantErasure(tenant.Value, isDone ? "erased" : "erasing", null, null, erased);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                foreach (var tenant in await store.Unfinished(stoppingToken))
                    await EraseAll(tenant, long.MaxValue, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e.GetType().Name);
            }
    }

    async Task<(IReadOnlyDictionary<string, long> Erased, bool IsDone)> EraseAll(TenantId tenant, long until, CancellationToken cancel)
    {
        var erased = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (clock.GetTimestamp() < until)
        {
            var some = await store.EraseSome(tenant, Batch, cancel);
            if (some.Count == 0)
            {
                await store.End(tenant, cancel);
                return (erased, true);
            }
            foreach (var (table, rows) in some)
                erased[table] = erased.GetValueOrDefault(table) + rows;
        }
        return (erased, false);
    }

    async ValueTask<string> Token(TenantId tenant, DateTimeOffset until)
    {
        var bytes = new byte[8 + 32];
        BinaryPrimitives.WriteInt64BigEndian(bytes, until.ToUnixTimeSeconds());
        var installation = await vault.For(Secrets.Installation);
        installation.Fingerprint(Bound(tenant, bytes), bytes.AsSpan(8));
        return Convert.ToHexStringLower(bytes);
    }

    static byte[] Bound(TenantId tenant, byte[] token) => [.. "erase tenant"u8, .. tenant.Value.ToByteArray(bigEndian: true), .. token.AsSpan(0, 8)];

    async ValueTask<bool> IsConfirmed(TenantId tenant, string token, DateTimeOffset now)
    {
        if (token.Length != 80 || !token.All(char.IsAsciiHexDigit))
            return false;
        var given = Convert.FromHexString(token);
        var until = BinaryPrimitives.ReadInt64BigEndian(given);
        if (until < now.ToUnixTimeSeconds() || until > now.ToUnixTimeSeconds() + (long)TokenLife.TotalSeconds)
            return false;
        var wanted = Convert.FromHexString(await Token(tenant, DateTimeOffset.FromUnixTimeSeconds(until)));
        return CryptographicOperations.FixedTimeEquals(given, wanted);
    }

    [LoggerMessage(4808, LogLevel.Warning, "Erasing a tenant failed with {Exception}; it is gone on with in a minute")]
    static partial void Failed(ILogger logger, string exception);
}
