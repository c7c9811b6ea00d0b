using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Sinks;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Sinks;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Sinks;

[GrainType("sinks"), Reentrant]
sealed class SinksGrain(
    IDocumentStore documents, ISinkCursors cursors, IDecisionReads records, IVault vault, SinkRules rules, ChangeBarrier barrier, TimeProvider clock) : Grain, ISinksGrain
{
    static readonly Refusal NoSink = new(404, ReasonCodes.NotFound, "There is no such sink.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<Sink>> List()
    {
        var sinks = new List<Sink>();
        foreach (var document in await documents.List(Tenant, SinkDocument.Kind))
            sinks.Add(await Show(document));
        return sinks;
    }

    public async Task<Reply<Sink>> Create(CreateSinkRequest request, Actor actor)
    {
        var problems = rules.Check(request);
        if (problems.Count > 0)
            return new Refusal(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);
        if ((await documents.List(Tenant, SinkDocument.Kind)).Count >= SinkRules.MostPerTenant)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {SinkRules.MostPerTenant} sinks.");
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var content = new SinkDocument(request.Type!, new Uri(request.Url!).Host, SinkRules.FormatOf(request), request.Events ?? [], now);
        var json = JsonSerializer.Serialize(content, SinkJson.Default.SinkDocument);
        var made = await cursors.Create(id, new(Tenant, SinkDocument.Kind, id.ToString("N"), request.Name ?? content.Host, json, await Seal(id, new(request.Url!, request.Token!))),
            Audit(actor, AuditActions.SinkCreated, id, null, content));
        if (!made.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "There is a sink of this name already.", [new FieldError("$.name", "There is a sink of this name already.")]);
        await barrier.Pass(made.ChangeId);
        await GrainFactory.GetGrain<ISinkGrain>(GrainKeys.Sink(Tenant.Value, id)).Arm();
        return await Show(made.Value!);
    }

    public async Task<Reply<Sink>> Change(Guid sink, PatchSinkRequest request, Actor actor)
    {
        if (await Find(sink) is not { } document)
            return NoSink;
        var problems = rules.Check(request);
        if (problems.Count > 0)
            return new Refusal(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);
        var (content, target) = (Read(document), await Open(sink, document));
        var after = content with { Host = request.Url is { } url ? new Uri(url).Host : content.Host, Events = request.Events ?? content.Events };
        var json = JsonSerializer.Serialize(after, SinkJson.Default.SinkDocument);
        var changed = await documents.Update(
            document.Document with { Json = json, Sealed = await Seal(sink, new(request.Url ?? target.Url, request.Token ?? target.Token)) },
            document.Version, Audit(actor, AuditActions.SinkChanged, sink, content, after));
        if (!changed.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "Somebody else has just changed the sink; look at it again.");
        await barrier.Pass(changed.ChangeId);
        return await Show(changed.Value!);
    }

    public async Task<Reply<Sink>> Resume(Guid sink, Actor actor)
    {
        if (await Find(sink) is not { } document)
            return NoSink;
        await cursors.SetPaused(Tenant, sink, false, "", Audit(actor, AuditActions.SinkResumed, sink, null, null));
        await GrainFactory.GetGrain<ISinkGrain>(GrainKeys.Sink(Tenant.Value, sink)).Arm();
        return await Show(document);
    }

    public async Task<Reply<Done>> Delete(Guid sink, Actor actor)
    {
        var before = await Find(sink) is { } document ? Read(document) : null;
        var gone = await cursors.Delete(Tenant, sink, SinkDocument.Kind, Audit(actor, AuditActions.SinkDeleted, sink, before, null));
        if (!gone.IsDone)
            return NoSink;
        await barrier.Pass(gone.ChangeId);
        await GrainFactory.GetGrain<ISinkGrain>(GrainKeys.Sink(Tenant.Value, sink)).Disarm();
        return Done.It;
    }

    async Task<Sink> Show(TenantDocument document)
    {
        var (id, content) = (Guid.ParseExact(document.Document.Id, "N"), Read(document));
        var cursor = await cursors.Find(Tenant, id) ?? new(0, 0, false, "", 0);
        var head = await records.Head(Tenant);
        var oldest = head > cursor.Seq && await records.After(Tenant, cursor.Seq, 1) is [{ } first] ? first.Row.Time : (DateTimeOffset?)null;
        return new(id, document.Document.Name, content.Type, content.Host, content.Format, content.Events, cursor.IsPaused ? "paused" : "active", cursor.Reason, cursor.Seq,
            Math.Max(0, head - cursor.Seq), oldest is { } time ? Math.Max(0, (long)(clock.GetUtcNow() - time).TotalSeconds) : 0, cursor.Delivered, content.CreatedAt);
    }

    async Task<TenantDocument?> Find(Guid sink) => await documents.Find(Tenant, SinkDocument.Kind, sink.ToString("N"));

    async Task<byte[]> Seal(Guid sink, SinkTarget target) =>
        (await vault.For(Tenant)).Seal(JsonSerializer.SerializeToUtf8Bytes(target, SinkJson.Default.SinkTarget), sink.ToString(), SinkDocument.SealedField);

    async Task<SinkTarget> Open(Guid sink, TenantDocument document) => SinkTargets.Read(await vault.For(Tenant), sink, document);

    static SinkDocument Read(TenantDocument document) => SinkTargets.Content(document);

    AuditRow Audit(Actor actor, string action, Guid sink, SinkDocument? before, SinkDocument? after) => new()
    {
        Tenant = Tenant, Actor = actor, Action = action, Target = $"sink/{sink}",
        Before = before is null ? null : AuditJson.Of(before), After = after is null ? null : AuditJson.Of(after),
    };
}

static class SinkTargets
{
    public static SinkDocument Content(TenantDocument document) => JsonSerializer.Deserialize(document.Document.Json, SinkJson.Default.SinkDocument)
        ?? throw new InvalidOperationException("A sink cannot be read.");

    public static SinkTarget Read(ITenantVault opener, Guid sink, TenantDocument document) =>
        JsonSerializer.Deserialize(opener.Open(document.Document.Sealed!, sink.ToString(), SinkDocument.SealedField), SinkJson.Default.SinkTarget)!;
}
