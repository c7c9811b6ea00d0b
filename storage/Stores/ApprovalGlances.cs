using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

/// <summary>
/// Reads approvals for many who ask at once. What is asked while the reads are under way goes with the next one, so that thousands who begin to wait, or
/// hear together that the time is over, cost a handful of statements and two connections, not one each.
/// </summary>
sealed class ApprovalGlances(Database database)
{
    const int MostReads = 2, MostOfOneRead = 500;

    readonly Lock gate = new();
    readonly Queue<Asked> waiting = new();
    int reading;

    /// <summary>Without the sealed parts.</summary>
    public Task<ApprovalRow?> Of(TenantId tenant, ApprovalId approval)
    {
        var asked = new Asked(tenant, approval);
        lock (gate)
        {
            waiting.Enqueue(asked);
            if (reading == MostReads)
                return asked.Row.Task;
            reading++;
        }
        _ = ReadAll();
        return asked.Row.Task;
    }

    async Task ReadAll()
    {
        while (Next() is { Count: > 0 } batch)
            foreach (var ofTenant in batch.GroupBy(one => one.Tenant))
                await Read(ofTenant.Key, [.. ofTenant]).ConfigureAwait(false);
    }

    List<Asked> Next()
    {
        var batch = new List<Asked>();
        lock (gate)
        {
            while (batch.Count < MostOfOneRead && waiting.TryDequeue(out var asked))
                batch.Add(asked);
            if (batch.Count == 0)
                reading--;
        }
        return batch;
    }

    async Task Read(TenantId tenant, List<Asked> batch)
    {
        try
        {
            var rows = await database.All(
                $"SELECT {ApprovalColumns.Listed} FROM approvals WHERE tenant_id = @tenant AND {database.Dialect.AnyOf("approval_id", "@approvals")}",
                sql => sql.With("tenant", tenant.Value).With("approvals", [.. batch.Select(one => one.Approval.Value).Distinct()]), ApprovalColumns.Read, CancellationToken.None).ConfigureAwait(false);
            var found = rows.ToDictionary(row => row.Opening.Approval);
            foreach (var one in batch)
                one.Row.TrySetResult(found.GetValueOrDefault(one.Approval));
        }
        catch (Exception e)
        {
            // Each who asked is told; nobody else's read fails with it.
            foreach (var one in batch)
                one.Row.TrySetException(e);
        }
    }

    sealed record Asked(TenantId Tenant, ApprovalId Approval)
    {
        public TaskCompletionSource<ApprovalRow?> Row { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
