using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Interven.Engine.Evidence.Export;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>The audit log, oldest first.</summary>
sealed class AuditSource(IAuditLog audit, PeopleNames names) : IExportSource
{
    const int PageSize = 500;

    public string Content => ExportContent.Audit;

    public IReadOnlyDictionary<string, (string MediaType, string Extension)> Formats { get; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["ndjson"] = ("application/x-ndjson", "ndjson"), ["csv"] = ("text/csv; charset=utf-8; header=present", "csv"),
    };

    public ValueTask<long> Count(TenantId tenant, ExportWish wish) => audit.Count(tenant, Filter(wish));

    public async ValueTask<ExportPage> Next(TenantId tenant, ExportPlan plan, string? place)
    {
        var after = place is null ? 0 : long.Parse(place, CultureInfo.InvariantCulture);
        var page = await audit.After(tenant, after, Filter(plan.Wish) with { Limit = PageSize });
        var into = new BlockWriter();
        var isCsv = plan.Wish.Format == "csv";
        if (isCsv && place is null)
            CsvText.Row(["id", "time", "actor_kind", "actor_id", "ip", "user_agent", "action", "target", "before", "after", "result", "actor_name", "target_name"], into);
        var book = names.Book(tenant);
        foreach (var row in page)
        {
            var entry = await row.ToEntry(book);
            if (isCsv)
                CsvText.Row([row.Id.ToString(CultureInfo.InvariantCulture), row.Time.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture),
                    row.Row.Actor.Kind, row.Row.Actor.Id, row.Row.Actor.Ip, row.Row.Actor.UserAgent, row.Row.Action, row.Row.Target, row.Row.Before ?? "", row.Row.After ?? "", row.Row.Result,
                    entry.ActorName ?? "", entry.TargetName ?? ""], into);
            else
                Lines.Put(into, entry, ContractJson.Default.AuditEntry);
        }
        return new(into.Blocks(), page.Count, page.Count > 0 ? page[0].Time : null, page.Count > 0 ? page[^1].Time : null,
            page.Count < PageSize ? null : page[^1].Id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The times of an audit log's export are those of its query.</summary>
    static AuditFilter Filter(ExportWish wish) => (wish.Audit ?? new()).ToFilter() with { Since = wish.Query.Since, Until = wish.Query.Until };
}

/// <summary>Approvals that were opened in the range, newest first, each with its votes and notes.</summary>
sealed class ApprovalSource(IApprovalStore approvals, PeopleNames names) : IExportSource
{
    const int PageSize = 500;

    public string Content => ExportContent.Approvals;

    public IReadOnlyDictionary<string, (string MediaType, string Extension)> Formats { get; } =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal) { ["ndjson"] = ("application/x-ndjson", "ndjson") };

    public ValueTask<long> Count(TenantId tenant, ExportWish wish) => ValueTask.FromResult(-1L);

    public async ValueTask<ExportPage> Next(TenantId tenant, ExportPlan plan, string? place)
    {
        var page = await approvals.List(tenant, new() { Before = place is null ? null : new ApprovalId(Guid.Parse(place)), Limit = PageSize });
        var inside = page.Where(row => row.OpenedAt >= plan.Wish.Query.Since && row.OpenedAt < plan.Wish.Query.Until).ToList();
        var into = new BlockWriter();
        var book = names.Book(tenant);
        foreach (var row in inside)
            Lines.Put(into, await row.ToApproval().In(book), ContractJson.Default.Approval);
        var isOver = page.Count < PageSize || page[^1].OpenedAt < plan.Wish.Query.Since;
        return new(into.Blocks(), inside.Count, null, null, isOver ? null : page[^1].Opening.Approval.Value.ToString());
    }
}

/// <summary>Policy versions that were in force at some moment of the range.</summary>
sealed class PolicySource(IPolicyHistory policies) : IExportSource
{
    const int PageSize = 200;

    public string Content => ExportContent.Policies;

    public IReadOnlyDictionary<string, (string MediaType, string Extension)> Formats { get; } =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal) { ["ndjson"] = ("application/x-ndjson", "ndjson") };

    public ValueTask<long> Count(TenantId tenant, ExportWish wish) => ValueTask.FromResult(-1L);

    public async ValueTask<ExportPage> Next(TenantId tenant, ExportPlan plan, string? place)
    {
        var skip = place is null ? 0 : int.Parse(place, CultureInfo.InvariantCulture);
        var page = await policies.InForce(tenant, plan.Wish.Query.Since!.Value, plan.Wish.Query.Until!.Value, skip, PageSize);
        var into = new BlockWriter();
        foreach (var version in page)
        {
            using (var json = new Utf8JsonWriter(into, new() { SkipValidation = true }))
            {
                json.WriteStartObject();
                json.WriteString("policy_id"u8, version.Policy.ToString());
                json.WriteNumber("version"u8, version.Version);
                json.WriteString("created_at"u8, version.CreatedAt.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture));
                if (version.ReplacedAt is { } replaced)
                    json.WriteString("replaced_at"u8, replaced.UtcDateTime.ToString(RfcTimeConverter.Format, CultureInfo.InvariantCulture));
                json.WriteString("created_by"u8, version.Author);
                json.WriteString("content_hash"u8, Convert.ToHexStringLower(version.ContentHash));
                json.WritePropertyName("document"u8);
                json.WriteRawValue(version.Content, skipInputValidation: true);
                json.WriteEndObject();
            }
            into.Write("\n"u8);
        }
        return new(into.Blocks(), page.Count, null, null, page.Count < PageSize ? null : (skip + page.Count).ToString(CultureInfo.InvariantCulture));
    }
}

static class Lines
{
    public static void Put<T>(IBufferWriter<byte> into, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
    {
        into.Write(JsonSerializer.SerializeToUtf8Bytes(value, shape));
        into.Write("\n"u8);
    }
}
