using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Errors;
using Interven.Contracts.Evidence;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Evidence;

/// <summary>Erasure in two steps. What is to be erased is kept between them as an agent's id or a keyed fingerprint; the audit log keeps that it was done.</summary>
sealed class Erasures(IRetentionStore store, IDocumentStore documents, LegalHolds holds, TenantCache tenants, TimeProvider clock)
{
    const string Kind = "erasure";
    const int Batch = 500, MostSubject = 500;
    static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public async Task<Reply<Erasure>> Take(TenantId tenant, ErasureRequest request, Actor actor)
    {
        if (request is { ErasureId: { } id, AgentId: null, Subject: null })
            return await Confirm(tenant, id, actor);
        if (request.ErasureId is not null || (request.AgentId is null) == (request.Subject is null))
            return Invalid("$", "Name one of `agent_id` and `subject`, or confirm with `erasure_id` alone.");
        if (request.AgentId is { Length: 0 or > 200 })
            return Invalid("$.agent_id", "An agent id has 1 to 200 characters.");
        if (request.Subject is { } subject && (string.IsNullOrWhiteSpace(subject) || subject.Length is < 4 or > MostSubject))
            return Invalid("$.subject", $"A value of 4 to {MostSubject} characters is required.");
        return await Request(tenant, request, actor);
    }

    async Task<Reply<Erasure>> Request(TenantId tenant, ErasureRequest request, Actor actor)
    {
        if (await tenants.Find(tenant) is not { } snapshot)
            return new Refusal(404, ReasonCodes.NotFound, "There is no such tenant.");
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var pending = new PendingErasure(request.AgentId, request.Subject is { } subject ? snapshot.Key.OfValue(subject).ToString() : null, now + Life);
        var (records, held) = await Walk(tenant, pending.ToTarget(), (_, _) => ValueTask.FromResult(0));
        var json = JsonSerializer.Serialize(pending, ErasureJson.Default.PendingErasure);
        await documents.Create(new(tenant, Kind, id.ToString("N"), id.ToString("N"), json),
            new() { Tenant = tenant, Actor = actor, Action = AuditActions.ErasureRequested, Target = $"erasure/{id}", After = Told(pending, records, held) });
        return new Erasure(id, "requested", pending.Of, records, held, pending.ExpiresAt);
    }

    async Task<Reply<Erasure>> Confirm(TenantId tenant, Guid id, Actor actor)
    {
        if (await documents.Find(tenant, Kind, id.ToString("N")) is not { } document
            || JsonSerializer.Deserialize(document.Document.Json, ErasureJson.Default.PendingErasure) is not { } pending)
            return new Refusal(404, ReasonCodes.NotFound, "There is no such erasure waiting to be confirmed.");
        if (pending.ExpiresAt <= clock.GetUtcNow())
            return new Refusal(409, ReasonCodes.Conflict, "The erasure was not confirmed in time; ask for it anew.");
        AuditRow Audit(string action, string? after) => new() { Tenant = tenant, Actor = actor, Action = action, Target = $"erasure/{id}", After = after };
        var run = new DeletionRun(id, Audit(AuditActions.ErasureBegun, null));
        var (_, held) = await Walk(tenant, pending.ToTarget(), (traces, kept) => store.Erase(run, traces, kept));
        // Its document goes last: whoever dies half-way can confirm again, and what went before is in the run's count.
        var erased = await store.EndErasure(run, Kind, id.ToString("N"), gone => Audit(AuditActions.ErasureDone, Told(pending, gone.Records, held)));
        return erased is null
            ? new Refusal(404, ReasonCodes.NotFound, "There is no such erasure waiting to be confirmed.")
            : new Erasure(id, "done", pending.Of, erased.Records, held, null);
    }

    async Task<(long Records, long Held)> Walk(TenantId tenant, ErasureTarget target, Func<IReadOnlyList<TraceId>, IReadOnlyList<DecisionHold>, ValueTask<int>> take)
    {
        var (records, held) = (0L, 0L);
        for (long? after = 0; after is { } from;)
        {
            var kept = await holds.InForce(tenant);
            var found = await store.Find(tenant, target, from, kept, Batch * 10);
            foreach (var part in found.Traces.Chunk(Batch))
                await take(part, kept);
            (records, held, after) = (records + found.Traces.Count, held + found.Held, found.Next);
        }
        return (records, held);
    }

    static string Told(PendingErasure pending, long records, long held) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"of":"{{pending.Of}}","agent_id":{{(pending.AgentId is { } agent ? $"\"{JsonEncodedText.Encode(agent)}\"" : "null")}},"records":{{records}},"held":{{held}}}""");

    static Refusal Invalid(string path, string message) => new(400, ReasonCodes.InvalidRequest, message, [new FieldError(path, message)]);
}

/// <summary>What waits for its second step.</summary>
sealed record PendingErasure(string? AgentId, string? Fingerprint, DateTimeOffset ExpiresAt)
{
    [JsonIgnore]
    public string Of => AgentId is null ? "subject" : "agent";

    public ErasureTarget ToTarget() => new(AgentId, Fingerprint);
}

[JsonSerializable(typeof(PendingErasure))]
sealed partial class ErasureJson : JsonSerializerContext;
