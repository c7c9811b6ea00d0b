using System.Globalization;
using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

[GrainType("export"), StatelessWorker, Reentrant]
sealed class ExportGrain(IEnumerable<IExportSource> sources, IAuditLog audit, TimeProvider clock) : Grain, IExportGrain
{
    /// <summary>What is younger may still be overtaken by a record that was decided earlier and is being committed (ruling 26).</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, IExportSource> sources = sources.ToDictionary(source => source.Content, StringComparer.Ordinal);

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<ExportPlan>> Begin(ExportWish wish, Actor actor)
    {
        var source = sources[wish.Content];
        if (!source.Formats.TryGetValue(wish.Format, out var format))
            return new Refusal(400, ReasonCodes.InvalidRequest, $"`format` must be one of {string.Join(", ", source.Formats.Keys)}.",
                [new FieldError("format", $"`format` must be one of {string.Join(", ", source.Formats.Keys)}.")]);
        var now = clock.GetUtcNow();
        var latest = now - Settled;
        var until = wish.Query.Until is { } asked && asked < latest ? asked : latest;
        var since = wish.Query.Since ?? DateTimeOffset.UnixEpoch;
        wish = wish with { Query = wish.Query with { Since = since, Until = until } };
        var records = await source.Count(Tenant, wish);
        await audit.Write(new()
        {
            Tenant = Tenant,
            Actor = actor,
            Action = AuditActions.EvidenceExported,
            Target = wish.Content,
            After = $$"""{"format":"{{JsonEncodedText.Encode(wish.Format)}}","since":"{{Time(since)}}","until":"{{Time(until)}}","records":{{records.ToString(CultureInfo.InvariantCulture)}}}""",
        });
        return new ExportPlan(wish, now, records, format.MediaType, $"interven-{wish.Content}-{since:yyyyMMdd'T'HHmmss}-{until:yyyyMMdd'T'HHmmss}.{format.Extension}");
    }

    public async Task<ExportPage> Next(ExportPlan plan, string? place) => await sources[plan.Wish.Content].Next(Tenant, plan, place);

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture);
}
