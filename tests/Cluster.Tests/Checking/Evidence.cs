using Interven.Cluster.Tests.Load;
using Interven.Cluster.Tests.Running;

namespace Interven.Cluster.Tests.Checking;

/// <summary>A record as the database has it.</summary>
sealed record StoredRow(Guid Tenant, Guid Trace, Guid? Parent, string Kind, long Seq, string Tool = "slack");

/// <summary>Holds the clients' journal against the database: what was answered is recorded, once, and a key has one answer.</summary>
static class Evidence
{
    public static Task<List<string>> Check(RunningCluster cluster, IReadOnlyCollection<Try> journal) => Check(cluster.Connection, journal);

    public static async Task<List<string>> Check(string connection, IReadOnlyCollection<Try> journal)
    {
        var rows = await Look.At(connection, "SELECT tenant_id, trace_id, parent_trace_id, kind, seq, tool FROM decision_records",
            row => new StoredRow(row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetString(3), row.GetInt64(4), row.GetString(5)));
        var kept = await Look.At(connection, "SELECT trace_id FROM idempotency_keys", row => row.GetGuid(0));
        return Check(journal, rows, kept);
    }

    public static List<string> Check(IReadOnlyCollection<Try> journal, IReadOnlyCollection<StoredRow> rows, IReadOnlyCollection<Guid> kept)
    {
        var answered = journal.Where(one => one.IsDurable).ToList();
        var recorded = rows.Select(row => row.Trace).ToHashSet();
        var amended = rows.Where(row => row.Kind == "answer_amended").Select(row => row.Parent).OfType<Guid>().ToHashSet();
        var keyed = kept.ToHashSet();
        // A refusal that was recorded later gives the key of its call's own record back, unless another try has had that record's answer.
        var undone = rows.Where(row => row.Kind == "refused").Select(row => row.Parent).OfType<Guid>().ToHashSet();
        // Only the load's calls carry keys; those that wait for people go to another tool.
        return
        [
            .. answered.Where(one => !recorded.Contains(one.Trace)).Select(one => $"lost: {one}"),
            .. answered.GroupBy(one => one.Number).Where(call => call.Select(one => one.Text).Distinct().Count() > 1).Select(call => $"two answers: {string.Join(" | ", call)}"),
            .. rows.GroupBy(row => row.Trace).Where(trace => trace.Count() > 1).Select(trace => $"recorded {trace.Count()} times: {trace.Key}"),
            .. answered.Where(one => amended.Contains(one.Trace)).Select(one => $"answered and amended: {one}"),
            .. answered.Where(one => undone.Contains(one.Trace) && !keyed.Contains(one.Trace)).Select(one => $"answered and undone: {one}"),
            .. rows.Where(row => row is { Kind: "scan", Tool: "slack" } && !keyed.Contains(row.Trace) && !amended.Contains(row.Trace) && !undone.Contains(row.Trace)).Select(row => $"doubled: record {row.Trace} is no key's and not amended"),
            .. rows.GroupBy(row => row.Tenant).Where(tenant => tenant.Select(row => row.Seq).Order().Where((seq, i) => seq != i + 1).Any()).Select(tenant => $"numbers of {tenant.Key} have a gap or a double"),
        ];
    }
}
