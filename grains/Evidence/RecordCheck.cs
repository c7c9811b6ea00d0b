using System.Security.Cryptography;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Reads a stretch of records in the order of their numbers, hashes each anew, and compares its columns with what was hashed.</summary>
sealed class RecordCheck(IDecisionReads records, IAuditLog audit)
{
    const int PageSize = 2000, MostTold = 100;

    public async Task<Verification> Run(TenantId tenant, DateTimeOffset? since, DateTimeOffset? until)
    {
        var (first, last) = await records.Numbers(tenant, since ?? DateTimeOffset.UnixEpoch, until ?? DateTimeOffset.MaxValue);
        var deletions = await Deletions(tenant);
        if (first is null || last is null)
            return new(0, null, null, null, null, Convert.ToHexStringLower(SHA256.HashData([])), [], [], deletions, true);
        using var range = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, next, altered, missing) = (0L, first.Value, new List<long>(), new List<SeqRange>());
        var (earliest, latest) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        while (next <= last && await records.After(tenant, next - 1, PageSize) is { Count: > 0 } page && page[0].Seq <= last)
            foreach (var one in page.TakeWhile(one => one.Seq <= last))
            {
                if (one.Seq > next && missing.Count < MostTold)
                    missing.Add(new(next, one.Seq - 1));
                if (!IsSound(one, tenant) && altered.Count < MostTold)
                    altered.Add(one.Seq);
                range.AppendData(one.Row.Hash);
                (count, next) = (count + 1, one.Seq + 1);
                (earliest, latest) = (one.Row.Time < earliest ? one.Row.Time : earliest, one.Row.Time > latest ? one.Row.Time : latest);
            }
        return new(count, first, last, earliest, latest, Convert.ToHexStringLower(range.GetHashAndReset()), altered, missing, deletions, altered.Count == 0 && missing.Count == 0);
    }

    /// <summary>The bytes are what was hashed, and the columns that people search by say what the bytes say.</summary>
    static bool IsSound(StoredDecision stored, TenantId tenant)
    {
        var row = stored.Row;
        return RecordBytes.Hash(row.Canonical).AsSpan().SequenceEqual(row.Hash)
            && RecordReader.Read(row.Canonical) is { } record
            && record.Tenant == tenant && record.Trace == row.Trace && record.Decision == row.Decision && record.Band == row.Band && record.Classes == row.Classes
            && record.Time.ToUnixTimeMilliseconds() == row.Time.ToUnixTimeMilliseconds() && record.Approval == row.Approval && record.Parent == row.Parent;
    }

    async Task<int> Deletions(TenantId tenant) =>
        (await audit.List(tenant, new() { Action = AuditActions.RetentionPruned, Limit = 500 })).Count(row => row.Row.After?.Contains("\"records\":0,", StringComparison.Ordinal) == false)
        + (await audit.List(tenant, new() { Action = AuditActions.ErasureDone, Limit = 500 })).Count;
}
