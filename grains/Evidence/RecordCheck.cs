using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Interven.Contracts.Errors;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Reads a stretch of records in the order of their numbers, hashes each anew, and compares its columns with what was hashed.</summary>
/// <param name="records">Where they are.</param>
/// <param name="audit">What tells of deletions.</param>
/// <param name="most">Records of one answer: a few seconds' work.</param>
sealed class RecordCheck(IDecisionReads records, IAuditLog audit, int most = 100_000)
{
    const int PageSize = 2000, MostTold = 100;

    public async Task<Reply<Verification>> Run(TenantId tenant, DateTimeOffset? since, DateTimeOffset? until, string? cursor)
    {
        var place = cursor is null ? await Begin(tenant, since, until) : CheckPlace.Read(cursor);
        if (place is null && cursor is not null)
            return new Refusal(400, ReasonCodes.InvalidRequest, "`cursor` must be the next_cursor of the answer before.", [new FieldError("cursor", "`cursor` must be the next_cursor of the answer before.")]);
        var deletions = await Deletions(tenant);
        if (place is null)
            return new Verification(0, null, null, null, null, Convert.ToHexStringLower(SHA256.HashData([])), [], [], deletions, true, 0, null);
        return await Check(tenant, place, deletions);
    }

    async Task<CheckPlace?> Begin(TenantId tenant, DateTimeOffset? since, DateTimeOffset? until) =>
        await records.Numbers(tenant, since ?? DateTimeOffset.UnixEpoch, until ?? DateTimeOffset.MaxValue) is ({ } first, { } last) ? new(first, last, []) : null;

    async Task<Verification> Check(TenantId tenant, CheckPlace place, int deletions)
    {
        using var range = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        range.AppendData(place.Hash);
        var (count, next, first, altered, missing) = (0L, place.Next, (long?)null, new List<long>(), new List<SeqRange>());
        var (earliest, latest) = ((DateTimeOffset?)null, (DateTimeOffset?)null);
        while (next <= place.Last && count < most && await records.After(tenant, next - 1, (int)Math.Min(PageSize, most - count)) is { Count: > 0 } page && page[0].Seq <= place.Last)
            foreach (var one in page.TakeWhile(one => one.Seq <= place.Last))
            {
                if (one.Seq > next && missing.Count < MostTold)
                    missing.Add(new(next, one.Seq - 1));
                if (!IsSound(one, tenant) && altered.Count < MostTold)
                    altered.Add(one.Seq);
                range.AppendData(one.Row.Hash);
                (count, next, first) = (count + 1, one.Seq + 1, first ?? one.Seq);
                (earliest, latest) = (one.Row.Time < (earliest ?? DateTimeOffset.MaxValue) ? one.Row.Time : earliest, one.Row.Time > (latest ?? DateTimeOffset.MinValue) ? one.Row.Time : latest);
            }
        var hash = range.GetHashAndReset();
        var goesOn = count >= most && next <= place.Last;
        return new(count, first, count > 0 ? next - 1 : null, earliest, latest, Convert.ToHexStringLower(hash), altered, missing, deletions, altered.Count == 0 && missing.Count == 0,
            goesOn ? place.Last - next + 1 : 0, goesOn ? new CheckPlace(next, place.Last, hash).ToString() : null);
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

/// <summary>Where a check goes on, up to which number, and the hash of what lies before.</summary>
sealed record CheckPlace(long Next, long Last, byte[] Hash)
{
    const int Length = 16 + 32;

    public static CheckPlace? Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) != OperationStatus.Done || written != Length)
            return null;
        var (next, last) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return next > 0 && next <= last ? new(next, last, bytes[16..].ToArray()) : null;
    }

    public override string ToString()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Next);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), Last);
        Hash.CopyTo(bytes, 16);
        return Base64Url.EncodeToString(bytes);
    }
}
