using System.Security.Cryptography;
using Interven.Bench;
using Interven.Contracts.Evidence;
using Interven.Grains.Evidence;
using Interven.Grains.Ports;
using Interven.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Tests;

/// <summary>A check of many records comes in parts that hold together.</summary>
public sealed class RecordCheckTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("interven-check-").FullName;
    ServiceProvider services = null!;
    IReadOnlyList<StoredDecision> records = [];

    public async Task InitializeAsync()
    {
        services = new ServiceCollection().AddIntervenStorage(new() { DataFolder = folder }).BuildServiceProvider();
        await services.GetRequiredService<StorageInstaller>().Install();
        await FillRecords.Run(folder, 7);
        records = await services.GetRequiredService<IDecisionReads>().After(FillRecords.Demo, 0, 100);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Each_part_says_what_remains_and_its_hash_goes_on_from_the_one_before()
    {
        var parts = await Parts(3);
        Assert.Equal(["3 from 1 to 3, 4 left", "3 from 4 to 6, 1 left", "1 from 7 to 7, 0 left"],
            parts.Select(part => $"{part.Records} from {part.FirstSeq} to {part.LastSeq}, {part.Remaining} left"));
        Assert.All(parts, part => Assert.True(part.IsIntact));
        byte[] hash = [];
        foreach (var some in records.Chunk(3))
            hash = SHA256.HashData([.. hash, .. some.SelectMany(one => one.Row.Hash)]);
        Assert.Equal(Convert.ToHexStringLower(hash), parts[^1].RangeHash);
        var whole = Assert.Single(await Parts(100));
        Assert.Equal((7L, Convert.ToHexStringLower(SHA256.HashData([.. records.SelectMany(one => one.Row.Hash)]))), (whole.Records, whole.RangeHash));
        Assert.Single(await Parts(7));
    }

    [Fact]
    public async Task A_gap_between_two_parts_is_seen_and_a_cursor_of_somebody_elses_is_refused()
    {
        var run = new DeletionRun(Guid.CreateVersion7(), new() { Tenant = FillRecords.Demo, Actor = Actor.System, Action = "erasure.begun", Target = "erasure" });
        Assert.Equal(1, await services.GetRequiredService<IRetentionStore>().Erase(run, [records[3].Row.Trace], []));
        var parts = await Parts(3);
        Assert.Equal([true, false], parts.Select(part => part.IsIntact));
        Assert.Equal(new SeqRange(4, 4), Assert.Single(parts[1].Missing));
        Assert.Equal(400, (await Check(3).Run(FillRecords.Demo, null, null, "bm9uc2Vuc2U")).Refusal!.Status);
    }

    async Task<List<Verification>> Parts(int most)
    {
        var parts = new List<Verification>();
        do
            parts.Add((await Check(most).Run(FillRecords.Demo, null, null, parts.LastOrDefault()?.NextCursor)).Value!);
        while (parts[^1].NextCursor is not null);
        return parts;
    }

    RecordCheck Check(int most) => new(services.GetRequiredService<IDecisionReads>(), services.GetRequiredService<IAuditLog>(), most);
}
