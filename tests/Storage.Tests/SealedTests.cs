using System.Diagnostics;
using System.Text;
using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class SealedTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task What_was_sealed_is_in_no_dump_and_no_file_of_the_database(string store)
    {
        var room = stores.Room(store);
        var tenant = Make.Tenant();
        var vault = await room.Get<IVault>().For(tenant);
        const string Secret = "planted-value-90210", Name = "planted name that may be read";
        var sealedBytes = vault.Seal(Encoding.UTF8.GetBytes(Secret), "credential/1", "values");
        Assert.True((await room.Get<IDocumentStore>().Create(new(tenant, "credential", "1", Name, "{}", sealedBytes), Make.Audit(tenant))).IsDone);
        var stored = (await room.Get<IDocumentStore>().Find(tenant, "credential", "1"))!.Document.Sealed!;
        Assert.Equal(Secret, Encoding.UTF8.GetString(vault.Open(stored, "credential/1", "values")));

        var texts = store == "postgres" ? [await Dump(stores.PostgresConnection)] : Files(Path.GetDirectoryName(((Sql.SqliteDatabase)room.Database).Path)!);
        // The search does see what is written.
        Assert.Contains(texts, text => text.Contains(Name, StringComparison.Ordinal));
        foreach (var spelling in (string[])[Secret, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))[..20]])
            Assert.DoesNotContain(texts, text => text.Contains(spelling, StringComparison.OrdinalIgnoreCase));
    }

    static async Task<string> Dump(string connection)
    {
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        var tool = Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin", "pg_dump")).Last(File.Exists);
        var start = new ProcessStartInfo(tool, ["-h", parts.Host!, "-p", parts.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "-U", parts.Username!, parts.Database!]) { RedirectStandardOutput = true };
        if (parts.Password is { Length: > 0 } password)
            start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text;
    }

    static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    })];
}
