using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Grains.Ports;

namespace Interven.Storage.Recording;

/// <summary>One JSON line per refusal, written through; a torn last line (the process died) is skipped at replay.</summary>
sealed class RefusalSpool(string path, long limitBytes) : IRefusalSpool, IDisposable
{
    /// <summary>Lines that share a commit: one by one an outage of minutes would be recorded for as long as it was.</summary>
    const int AtOnce = 64;

    static readonly Task<bool> Skipped = Task.FromResult(true);
    readonly Lock file = new();
    readonly SemaphoreSlim replaying = new(1, 1);

    public bool TryAdd(DecisionRow refusal, string? idempotencyKey) =>
        TryAdd(JsonSerializer.SerializeToUtf8Bytes(SpooledRefusal.Of(refusal) with { Key = idempotencyKey }, SpoolJson.Default.SpooledRefusal));

    public bool TryAdd(RecordAppend amendment) => TryAdd(JsonSerializer.SerializeToUtf8Bytes(SpooledAmendment.Of(amendment), SpoolJson.Default.SpooledAmendment));

    bool TryAdd(byte[] line)
    {
        try
        {
            lock (file)
            {
                using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
                if (stream.Length >= limitBytes)
                    return false;
                // Begun with a line end too: a torn last line must not swallow this one.
                stream.Write([(byte)'\n', .. line, (byte)'\n']);
                return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    public async ValueTask<int> Replay(Func<RecordAppend, CancellationToken, ValueTask<bool>> take, CancellationToken cancel = default)
    {
        await replaying.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var taken = path + ".replaying";
            lock (file)
                if (!File.Exists(taken) && File.Exists(path))
                    File.Move(path, taken);
            return File.Exists(taken) ? await ReplayFile(taken, take, cancel).ConfigureAwait(false) : 0;
        }
        finally
        {
            replaying.Release();
        }
    }

    public void Dispose() => replaying.Dispose();

    /// <summary>What is not taken stays in the file. A crash in between replays lines twice: their trace ids tell the log.</summary>
    static async ValueTask<int> ReplayFile(string taken, Func<RecordAppend, CancellationToken, ValueTask<bool>> take, CancellationToken cancel)
    {
        var lines = (await File.ReadAllLinesAsync(taken, cancel).ConfigureAwait(false)).Where(line => line.Length > 0).ToArray();
        List<string> left = [];
        var done = 0;
        while (done < lines.Length && left.Count == 0)
        {
            var some = lines[done..Math.Min(done + AtOnce, lines.Length)];
            var kept = await Task.WhenAll(some.Select(line => Parse(line) is { } spooled ? take(spooled, cancel).AsTask() : Skipped)).ConfigureAwait(false);
            left.AddRange(some.Where((_, i) => !kept[i]));
            done += some.Length;
        }
        if (left.Count == 0)
        {
            File.Delete(taken);
            return lines.Length;
        }
        await File.WriteAllLinesAsync(taken + ".rest", [.. left, .. lines[done..]], cancel).ConfigureAwait(false);
        File.Move(taken + ".rest", taken, overwrite: true);
        return done - left.Count;
    }

    /// <summary>Its call's own record may have landed with nobody left to amend it, where this process died meanwhile: the refusal undoes it then.</summary>
    static RecordAppend Refusal(SpooledRefusal spooled) => new()
    {
        Row = spooled.ToRow(), Undo = spooled is { Kind: "refused", Parent: { } parent } ? new(new(parent), spooled.Key) : null,
    };

    static RecordAppend? Parse(string line)
    {
        try
        {
            return line.StartsWith(SpooledAmendment.Beginning, StringComparison.Ordinal)
                ? JsonSerializer.Deserialize(line, SpoolJson.Default.SpooledAmendment)?.ToAppend()
                : JsonSerializer.Deserialize(line, SpoolJson.Default.SpooledRefusal) is { } refusal ? Refusal(refusal) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A refusal as it is spooled: redacted and sealed like the record that it will be.</summary>
sealed record SpooledRefusal(
    Guid Tenant, Guid Trace, Guid? Parent, string Kind, DateTimeOffset Time, string Env, string KeyId, string AgentId, string AgentName, string Runtime,
    string Tool, string Operation, Verb Verb, Decision Decision, RiskBand Band, double Score, byte Classes, byte[] Canonical, byte[] Hash, byte[] SealedBody, string Reasons = "", string? Key = null)
{
    public static SpooledRefusal Of(DecisionRow row) => new(
        row.Tenant.Value, row.Trace.Value, row.Parent?.Value, row.Kind, row.Time, row.Env, row.KeyId, row.AgentId, row.AgentName, row.Runtime,
        row.Tool, row.Operation, row.Verb, row.Decision, row.Band, row.Score, (byte)row.Classes, row.Canonical, row.Hash, row.SealedBody, row.Reasons);

    public DecisionRow ToRow() => new()
    {
        Tenant = new(Tenant), Trace = new(Trace), Parent = Parent is { } parent ? new TraceId(parent) : null, Kind = Kind, Time = Time, Env = Env,
        KeyId = KeyId, AgentId = AgentId, AgentName = AgentName, Runtime = Runtime, Tool = Tool, Operation = Operation, Verb = Verb, Decision = Decision,
        Band = Band, Score = Score, Classes = (DataClasses)Classes, Canonical = Canonical, Hash = Hash, SealedBody = SealedBody, Reasons = Reasons,
    };
}

/// <summary>An amendment as it is spooled. Its line begins unlike a refusal's.</summary>
sealed record SpooledAmendment(SpooledRefusal Amendment, Guid? Withdraw, string? GiveBack, Guid? TakenBy, Guid? ReturnGrant = null, string? ReturnKey = null)
{
    public const string Beginning = "{\"Amendment\":";

    public static SpooledAmendment Of(RecordAppend append) => new(
        SpooledRefusal.Of(append.Row), append.Withdraw?.Value, append.GiveBack?.Key, append.GiveBack?.Trace.Value, append.ReturnGrant?.Value, append.ReturnKey?.Value);

    public RecordAppend ToAppend() => new()
    {
        Row = Amendment.ToRow(),
        Withdraw = Withdraw is { } approval ? new ApprovalId(approval) : null,
        GiveBack = GiveBack is { } name && TakenBy is { } trace ? new(name, new(trace)) : null,
        ReturnGrant = ReturnGrant is { } grant ? new ApprovalId(grant) : null,
        ReturnKey = ReturnKey is { } key ? new EphemeralKeyId(key) : null,
    };
}

[JsonSerializable(typeof(SpooledAmendment))]
[JsonSerializable(typeof(SpooledRefusal))]
sealed partial class SpoolJson : JsonSerializerContext;
