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
            After = AuditJson.Of(new { wish.Format, Since = since, Until = until, records, Filters = Filters(wish) }),
        });
        return new ExportPlan(wish, now, records, format.MediaType, $"interven-{wish.Content}-{since:yyyyMMdd'T'HHmmss}-{until:yyyyMMdd'T'HHmmss}.{format.Extension}");
    }

    public async Task<ExportPage> Next(ExportPlan plan, string? place) => await sources[plan.Wish.Content].Next(Tenant, plan, place);

    /// <summary>What was asked for beside the range.</summary>
    static Dictionary<string, string> Filters(ExportWish wish)
    {
        var (query, audit) = (wish.Query, wish.Audit);
        (string Name, string? Value)[] all =
        [
            ("agent", query.Agent), ("tool", query.Tool), ("operation", query.Operation), ("decision", Words(query.Decisions.Select(one => one.Word()))),
            ("risk", Words(query.Bands.Select(one => one.Word()))), ("class", query.Classes == 0 ? null : query.Classes.ToString().ToUpperInvariant()),
            ("env", query.Environment), ("key", query.Key), ("approval", query.Approval?.ToString()), ("text", query.Text), ("policy", query.Policy?.ToString()),
            ("actor", audit?.Actor), ("action", audit?.Action), ("target", audit?.Target), ("result", audit?.Result),
        ];
        return all.Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value!);
    }

    static string? Words(IEnumerable<string> words) => string.Join(',', words) is { Length: > 0 } text ? text : null;
}
