using System.Text;
using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Policies;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence.Replay;
using Interven.Engine.Policies;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Evidence;

[GrainType("replay")]
sealed class ReplayGrain(IDecisionReads records, IVault vault, TenantCache tenants, TenantCompiler compiler, TimeProvider clock) : Grain, IReplayGrain
{
    const int MostHours = 720, PageSize = 500, MostRecords = 50_000;
    static readonly Refusal NoTenant = new(404, ReasonCodes.NotFound, "There is no such tenant.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<HistorySimulation>> Run(byte[] request)
    {
        var (draft, hours, problem) = Parts(request);
        if (problem is not null)
            return new Refusal(400, ReasonCodes.InvalidRequest, problem.Message, [problem]);
        var reading = PolicyReader.Read(draft!);
        if (reading.Document is not { } document)
            return new Refusal(400, ReasonCodes.InvalidPolicy, "The policy is refused whole.",
                [.. reading.Problems.Select(one => new FieldError("$.policy" + one.Path[1..], one.Message))]);
        if (await tenants.Find(Tenant) is not { } today || await compiler.CompileWith(Tenant, [document]) is not { } then)
            return NoTenant;
        var until = clock.GetUtcNow();
        var tally = new ReplayTally(today, then, document);
        var since = until.AddHours(-hours);
        var isTruncated = await Ask(tally, since, until);
        return tally.ToSimulation(since, until, isTruncated);
    }

    /// <summary>The newest first, so that what is left out is the oldest.</summary>
    async Task<bool> Ask(ReplayTally tally, DateTimeOffset since, DateTimeOffset until)
    {
        var opener = await vault.For(Tenant);
        var (asked, before) = (0, (RecordPlace?)null);
        while (await records.List(Tenant, new() { Since = since, Until = until, Before = before, Limit = PageSize }) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                if (++asked > MostRecords)
                    return true;
                var body = stored.Row.SealedBody.Length == 0 ? [] : opener.Open(stored.Row.SealedBody, stored.Row.Trace.ToString(), SealedFields.Body);
                using var call = ReplayedCall.Of(stored.Read(), body);
                if (call is not null)
                    tally.Add(call);
            }
            before = RecordPlace.Of(page[^1]);
        }
        return false;
    }

    static (byte[]? Draft, int Hours, FieldError? Problem) Parts(byte[] request)
    {
        try
        {
            using var document = JsonDocument.Parse(request, new() { MaxDepth = 64, AllowDuplicateProperties = false });
            if (!document.RootElement.TryGetProperty("policy", out var policy) || policy.ValueKind == JsonValueKind.Null)
                return (null, 0, new("$.policy", "A draft is required to be asked about the past: {\"policy\": {…}, \"hours\": 24}."));
            return document.RootElement.GetProperty("hours") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var hours) && hours is >= 1 and <= MostHours
                ? (Encoding.UTF8.GetBytes(policy.GetRawText()), hours, null)
                : (null, 0, new("$.hours", $"`hours` must be a whole number from 1 to {MostHours}."));
        }
        catch (JsonException)
        {
            return (null, 0, new("$", "The body is not a valid JSON object."));
        }
    }
}

/// <summary>Counts what changes.</summary>
sealed class ReplayTally(TenantSnapshot today, TenantSnapshot then, PolicyDocument document)
{
    const int MostFlips = 50;
    readonly PolicySet draft = PolicySet.Compile([StoredPolicy.Of(Guid.Empty, 1, document)]);
    readonly long[] before = new long[4], after = new long[4];
    readonly List<Flip> flips = [];
    long records, flipped, undetermined;

    public void Add(ReplayedCall call)
    {
        var (was, becomes) = (call.Decide(today), call.Decide(then));
        records++;
        before[(int)was]++;
        if (call.LeavesDoubt(draft, document, becomes))
        {
            undetermined++;
            return;
        }
        after[(int)becomes]++;
        if (was == becomes)
            return;
        flipped++;
        var record = call.Record;
        if (flips.Count < MostFlips)
            flips.Add(new(record.Trace.Value, record.Time, record.AgentId, record.Tool, record.Operation, was, becomes));
    }

    public HistorySimulation ToSimulation(DateTimeOffset since, DateTimeOffset until, bool isTruncated) => new(
        since, until, records, flipped, flips, [.. Enum.GetValues<Decision>().Select(one => new DecisionShift(one.Word(), before[(int)one], after[(int)one]))], undetermined, isTruncated);
}
