using System.Globalization;
using Interven.Bench;
using Interven.Storage;

// Records for exports and prunes to be measured by: FOLDER COUNT, or FOLDER COUNT OLDEST_DAYS NEWEST_DAYS; tests/bench/load/export.sh and retention.sh do it all.
// FILL_CONNECTION: a Postgres instead of the folder's SQLite, with the key in INTERVEN_CREDENTIAL_ENCRYPTION_KEY.
var (folder, records) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
if (args.Length < 4)
{
    await FillRecords.Run(folder, records);
    return;
}
DateTimeOffset Ago(string days) => TimeProvider.System.GetUtcNow().AddDays(-int.Parse(days, CultureInfo.InvariantCulture));
var connection = Environment.GetEnvironmentVariable("FILL_CONNECTION");
var store = connection is null ? new StorageOptions { DataFolder = folder } : new StorageOptions
{
    Provider = StorageProvider.Postgres, ConnectionString = connection, DataFolder = folder, VaultKey = Environment.GetEnvironmentVariable("INTERVEN_CREDENTIAL_ENCRYPTION_KEY") ?? "",
};
await FillRecords.Run(store, records, Ago(args[2]), Ago(args[3]));
