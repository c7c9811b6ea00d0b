using Interven.Engine.Evidence.Export;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Evidence;

/// <summary>Decision records in the order of time, with their bodies opened and what came back to the agent.</summary>
sealed class DecisionSource(IDecisionReads records, IResponseLog responses, IVault vault, IOptions<PublicAddress> address) : IExportSource
{
    const int PageSize = 1000;

    public string Content => ExportContent.Decisions;

    public IReadOnlyDictionary<string, (string MediaType, string Extension)> Formats { get; } =
        ExportFormat.All.ToDictionary(format => format.Name, format => (format.MediaType, format.Extension), StringComparer.Ordinal);

    public ValueTask<long> Count(TenantId tenant, ExportWish wish) => records.Count(tenant, wish.Query.ToFilter());

    public async ValueTask<ExportPage> Next(TenantId tenant, ExportPlan plan, string? place)
    {
        var format = ExportFormat.Find(plan.Wish.Format)!;
        var behind = place is null ? new RecordPlace(plan.Wish.Query.Since!.Value, 0) : PageCursor.Read(place)
            ?? throw new InvalidOperationException("A place of an export cannot be read.");
        var page = await records.Behind(tenant, behind, PageSize, plan.Wish.Query.ToFilter());
        var into = new BlockWriter();
        if (place is null)
            format.Begin(into);
        format.Write(await Read(tenant, page), place is null, new(HostName(address.Value.Url), plan.Now), into);
        var isLast = page.Count < PageSize;
        if (isLast)
            format.End(into);
        return new(into.Blocks(), page.Count, page.Count > 0 ? page[0].Row.Time : null, page.Count > 0 ? page[^1].Row.Time : null,
            isLast ? null : PageCursor.Of(RecordPlace.Of(page[^1])));
    }

    /// <summary>Records as formats take them.</summary>
    public async ValueTask<IReadOnlyList<ExportRecord>> Read(TenantId tenant, IReadOnlyList<StoredDecision> page)
    {
        if (page.Count == 0)
            return [];
        var answered = await responses.ClassesOf(tenant, [.. page.Select(one => one.Row.Trace)]);
        var opener = await vault.For(tenant);
        return [.. page.Select(one => new ExportRecord
        {
            Canonical = one.Row.Canonical,
            Seq = one.Seq,
            Time = one.Row.Time,
            Hash = one.Row.Hash,
            Body = one.Row.SealedBody.Length == 0 ? default : opener.Open(one.Row.SealedBody, one.Row.Trace.ToString(), SealedFields.Body),
            ResponseClasses = answered.GetValueOrDefault(one.Row.Trace),
        })];
    }

    /// <summary>The name by which people reach the gateway; a bare loopback address would tell a SIEM nothing.</summary>
    public static string HostName(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsLoopback ? address.Host : Environment.MachineName;
}
