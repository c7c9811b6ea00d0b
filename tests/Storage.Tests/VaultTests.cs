using System.Security.Cryptography;
using System.Text;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;
using Interven.Storage.Vault;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class VaultTests(BothStores stores)
{
    static readonly string NewKey = new('b', 64);
    static readonly string OldKey = new('a', 64);

    [Theory, OnBoth]
    public async Task What_is_sealed_opens_only_where_it_was_sealed(string store)
    {
        var vault = stores.Room(store).Get<IVault>();
        var mine = await vault.For(Make.Tenant());
        var other = await vault.For(Make.Tenant());
        var sealedBytes = mine.Seal("secret"u8, "record-1", "body");

        Assert.Equal("secret", Encoding.UTF8.GetString(mine.Open(sealedBytes, "record-1", "body")));
        Assert.Throws<AuthenticationTagMismatchException>(() => mine.Open(sealedBytes, "record-2", "body"));
        Assert.Throws<AuthenticationTagMismatchException>(() => mine.Open(sealedBytes, "record-1", "call"));
        Assert.Throws<AuthenticationTagMismatchException>(() => mine.Open(sealedBytes, "record-1b", "ody"));
        Assert.Throws<AuthenticationTagMismatchException>(() => other.Open(sealedBytes, "record-1", "body"));
    }

    [Theory, OnBoth]
    public async Task Every_altered_byte_is_noticed(string store)
    {
        var vault = await stores.Room(store).Get<IVault>().For(Make.Tenant());
        var sealedBytes = vault.Seal("secret"u8, "r", "f");
        for (var i = 0; i < sealedBytes.Length; i++)
        {
            var altered = sealedBytes.ToArray();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(altered, "r", "f"));
        }
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(sealedBytes.AsSpan(0, 20), "r", "f"));
    }

    [Theory, OnBoth]
    public async Task Two_silos_that_meet_a_new_tenant_at_once_share_one_key(string store)
    {
        var database = stores.Room(store).Database;
        var tenant = Make.Tenant();
        var vaults = Enumerable.Range(0, 8).Select(_ => new EnvelopeVault(database, new(OldKey, []), TimeProvider.System)).ToArray();
        var tenants = await Task.WhenAll(vaults.Select(vault => vault.For(tenant).AsTask()));
        var sealedBytes = tenants[0].Seal("x"u8, "r", "f");
        Assert.All(tenants, one => Assert.Equal("x"u8.ToArray(), one.Open(sealedBytes, "r", "f")));
    }

    [Theory, OnBoth]
    public async Task Nobody_waits_while_keys_are_read_anew(string store)
    {
        var clock = new SetClock();
        var vault = new EnvelopeVault(stores.Room(store).Database, new(OldKey, []), clock);
        var tenant = Make.Tenant();
        var first = await vault.For(tenant);
        clock.Passed = EnvelopeVault.Fresh;
        var meanwhile = vault.For(tenant).AsTask();
        Assert.True(meanwhile.IsCompletedSuccessfully);
        Assert.Same(first, await meanwhile);
        await Eventually.Is(async () => !ReferenceEquals(first, await vault.For(tenant)), "the keys have been read anew");
        var second = await vault.For(tenant);
        clock.Passed += EnvelopeVault.Stale;
        Assert.NotSame(second, await vault.For(tenant));
    }

    sealed class SetClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => Passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }

    [Theory, OnBoth]
    public async Task After_a_rewrap_the_old_operator_key_is_not_needed(string store)
    {
        await using var server = store == "postgres" ? await Room.Postgres(await stores.Server.CreateDatabase("rewrap")) : await Room.Sqlite();
        var database = server.Database;
        var tenant = Make.Tenant();
        var sealedBytes = (await new EnvelopeVault(database, new(OldKey, []), TimeProvider.System).For(tenant)).Seal("x"u8, "r", "f");

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await new EnvelopeVault(database, new(NewKey, []), TimeProvider.System).For(tenant));
        Assert.Equal(1, await new EnvelopeVault(database, new(NewKey, [OldKey]), TimeProvider.System).Rewrap());
        var after = await new EnvelopeVault(database, new(NewKey, []), TimeProvider.System).For(tenant);
        Assert.Equal("x"u8.ToArray(), after.Open(sealedBytes, "r", "f"));
    }

    [Theory, OnBoth]
    public async Task A_new_data_key_opens_at_once_but_seals_only_when_every_silo_has_it(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var vault = room.Get<IVault>();
        var before = (await vault.For(tenant)).Seal("x"u8, "r", "f");
        await vault.RotateDataKey(tenant, Make.Audit(tenant));
        var young = (await vault.For(tenant)).Seal("x"u8, "r", "f");
        await using (var session = await room.Database.Change(CancellationToken.None))
        {
            await session.Sql($"UPDATE tenant_data_keys SET created_at = {session.Dialect.NowPlus("-300000")} WHERE tenant_id = @tenant").With("tenant", tenant.Value).Run(default);
            await session.Commit(default);
        }
        var later = await new EnvelopeVault(room.Database, KeysOf(store, room), TimeProvider.System).For(tenant);
        var ripe = later.Seal("x"u8, "r", "f");

        Assert.Equal((1, 1, 2), (before[4], young[4], ripe[4]));
        Assert.Equal("x"u8.ToArray(), later.Open(before, "r", "f"));
        Assert.Equal(Print(await vault.For(tenant)), Print(later));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public void A_key_that_is_no_64_hex_digits_is_refused_by_the_settings_name(string key)
    {
        var refused = Assert.Throws<ArgumentException>(() => new VaultKeys(key, []));
        Assert.StartsWith("INTERVEN_CREDENTIAL_ENCRYPTION_KEY ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generated_key_is_its_owners_alone_and_stays_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("interven-key-");
        var path = Path.Combine(folder.FullName, "vault.key");
        var keys = Enumerable.Range(0, 8).AsParallel().Select(_ => VaultKeyFile.LoadOrCreate(path)).Distinct().ToArray();
        Assert.Equal(64, Assert.Single(keys).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }

    static VaultKeys KeysOf(string store, Room room) =>
        new(store == "postgres" ? OldKey : File.ReadAllText(Path.Combine(Path.GetDirectoryName(((Sql.SqliteDatabase)room.Database).Path)!, "vault.key")), []);

    static string Print(ITenantVault vault)
    {
        var print = new byte[32];
        vault.Fingerprint("4111"u8, print);
        return Convert.ToHexString(print);
    }
}
