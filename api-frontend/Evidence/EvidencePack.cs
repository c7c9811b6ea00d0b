using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Interven.ApiFrontend.Identity;
using Interven.Contracts;
using Interven.Contracts.Evidence;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Microsoft.AspNetCore.Http.Features;

namespace Interven.ApiFrontend.Evidence;

/// <summary>The zip for auditors, written as it is read: nothing of it is held but a page.</summary>
static class EvidencePack
{
    /// <summary>A refusal before the first byte, or null.</summary>
    public static async Task<Refusal?> Send(HttpContext http, IExportGrain exports, IEvidenceGrain evidence, string format, DateTimeOffset? since, DateTimeOffset? until)
    {
        var query = new DecisionQuery { Since = since, Until = until };
        var decisions = await exports.Begin(new(ExportContent.Decisions, format, query), ApiCaller.ActorOf(http));
        if (decisions.Refusal is { } refusal)
            return refusal;
        var range = decisions.Value!.Wish.Query;
        var plans = new List<ExportPlan> { decisions.Value! };
        foreach (var content in (string[])[ExportContent.Approvals, ExportContent.Policies, ExportContent.Audit])
            plans.Add((await exports.Begin(new(content, "ndjson", new() { Since = range.Since, Until = range.Until }), ApiCaller.ActorOf(http))).Value!);
        // The zip's own streams end their entries synchronously.
        if (http.Features.Get<IHttpBodyControlFeature>() is { } control)
            control.AllowSynchronousIO = true;
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"interven-evidence-{range.Since:yyyyMMdd'T'HHmmss}-{range.Until:yyyyMMdd'T'HHmmss}.zip\"";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await Write(http, exports, evidence, plans);
        }
        catch (Exception) when (http.Response.HasStarted)
        {
            http.Abort();
            throw;
        }
        return null;
    }

    static async Task Write(HttpContext http, IExportGrain exports, IEvidenceGrain evidence, List<ExportPlan> plans)
    {
        var range = plans[0].Wish.Query;
        var files = new List<PackedFile>();
        // Not disposed of after a failure: that would write a proper end.
        var zip = await ZipArchive.CreateAsync(http.Response.Body, ZipArchiveMode.Create, leaveOpen: true, null, http.RequestAborted);
        foreach (var plan in plans)
            files.Add(await Add(zip, exports, plan, http.RequestAborted));
        var verification = await Verify(evidence, range, http.RequestAborted);
        var manifest = new PackManifest(ApiCaller.Of(http).Tenant, plans[0].Now, range.Since!.Value, range.Until!.Value, files, verification);
        var entry = zip.CreateEntry("manifest.json", CompressionLevel.Fastest);
        await using (var stream = await entry.OpenAsync(http.RequestAborted))
            await JsonSerializer.SerializeAsync(stream, manifest, ContractJson.Default.PackManifest, http.RequestAborted);
        await zip.DisposeAsync();
    }

    static async Task<Verification> Verify(IEvidenceGrain evidence, DecisionQuery range, CancellationToken cancel)
    {
        var whole = (await evidence.Verify(range.Since, range.Until, null)).Value!;
        while (whole.NextCursor is { } cursor)
        {
            cancel.ThrowIfCancellationRequested();
            var next = (await evidence.Verify(range.Since, range.Until, cursor)).Value!;
            whole = next with
            {
                Records = whole.Records + next.Records,
                FirstSeq = whole.FirstSeq,
                FirstTime = whole.FirstTime < next.FirstTime ? whole.FirstTime : next.FirstTime ?? whole.FirstTime,
                LastSeq = next.LastSeq ?? whole.LastSeq,
                LastTime = whole.LastTime > next.LastTime ? whole.LastTime : next.LastTime ?? whole.LastTime,
                Altered = [.. whole.Altered.Concat(next.Altered).Take(100)],
                Missing = [.. whole.Missing.Concat(next.Missing).Take(100)],
                IsIntact = whole.IsIntact && next.IsIntact,
            };
        }
        return whole;
    }

    static async Task<PackedFile> Add(ZipArchive zip, IExportGrain exports, ExportPlan plan, CancellationToken cancel)
    {
        var name = plan.Wish.Content + plan.FileName[plan.FileName.IndexOf('.', StringComparison.Ordinal)..];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = plan.Now;
        await using var stream = await entry.OpenAsync(cancel);
        var sent = await ExportStream.Copy(exports, plan, async block =>
        {
            hash.AppendData(block.Bytes, 0, block.Length);
            bytes += block.Length;
            await stream.WriteAsync(block.Bytes.AsMemory(0, block.Length), cancel);
        });
        return new(name, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, sent.Records);
    }
}
