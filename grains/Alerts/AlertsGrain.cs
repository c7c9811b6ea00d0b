using System.Text.Json.Nodes;
using Interven.Contracts.Alerts;
using Interven.Contracts.Errors;
using Interven.Contracts.Tenants;
using Interven.Engine.Alerts;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Alerts;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;
using Microsoft.Extensions.Options;

namespace Interven.Grains.Alerts;

[GrainType("alerts"), StatelessWorker, Reentrant]
sealed class AlertsGrain(
    IDocumentStore documents, IOutbox outbox, IVault vault, IAuditLog audit, IEgressUrls urls, IAlertTest test, ChangeBarrier barrier, IOptions<PublicAddress> address, TimeProvider clock)
    : Grain, IAlertsGrain
{
    static readonly Refusal None = new(404, ReasonCodes.NotFound, "There is no such alert channel.");
    static readonly Refusal Taken = new(409, ReasonCodes.Conflict, "Another alert channel has this name.");
    static readonly Refusal Raced = new(409, ReasonCodes.Conflict, "The channel was changed by somebody else meanwhile; read it again.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Page<AlertChannel>> List()
    {
        var health = (await outbox.Health(Tenant)).ToDictionary(one => one.Channel, StringComparer.Ordinal);
        return new([.. (await documents.List(Tenant, ChannelList.Kind)).Select(row => ChannelViews.ToChannel(row, health.GetValueOrDefault(row.Document.Id), address.Value.Url))], null);
    }

    public async Task<Reply<AlertChannel>> Find(Guid channel) => await Load(channel) is { } row ? await View(row) : None;

    public async Task<Reply<AlertChannel>> Create(CreateAlertRequest request, Actor actor)
    {
        if (ChannelRules.TypeOf(request.Type) is not { } type)
            return Invalid([new("$.type", "A type is required: slack, webhook, teams or discord.")]);
        var (spec, secrets, problems) = ChannelRules.Apply(new() { Type = type, Name = "" }, new(null, null, null), ChannelViews.ToPatch(request), urls.Check);
        if (problems.Count > 0)
            return Invalid(problems);
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var created = await documents.Create(await Document(id, spec, secrets), Audit(actor, "alert_channel.created", id, null, spec));
        if (!created.IsDone)
            return Taken;
        await barrier.Pass(created.ChangeId);
        return await View(created.Value!);
    }

    public async Task<Reply<AlertChannel>> Patch(Guid channel, PatchAlertRequest change, Actor actor)
    {
        if (await Load(channel) is not { } row)
            return None;
        if (change == new PatchAlertRequest())
            return Invalid([new("$", "Nothing to change: name what is to be another.")]);
        var was = ChannelSpec.Read(row.Document.Json);
        var (spec, secrets, problems) = ChannelRules.Apply(was, await ChannelViews.SecretsOf(row, vault), change, urls.Check);
        if (problems.Count > 0)
            return Invalid(problems);
        var changed = await documents.Update(
            await Document(row.Document.Id, spec, secrets), row.Version, Audit(actor, "alert_channel.changed", row.Document.Id, was, spec));
        if (changed.Outcome == ChangeOutcome.NotFound)
            return None;
        if (!changed.IsDone)
            return changed.Value?.Version == row.Version ? Taken : Raced;
        await barrier.Pass(changed.ChangeId);
        return await View(changed.Value!);
    }

    public async Task<Reply<Done>> Delete(Guid channel, Actor actor)
    {
        if (await Load(channel) is not { } row)
            return None;
        var deleted = await documents.Delete(Tenant, ChannelList.Kind, row.Document.Id, Audit(actor, "alert_channel.deleted", row.Document.Id, ChannelSpec.Read(row.Document.Json), null));
        if (!deleted.IsDone)
            return None;
        await barrier.Pass(deleted.ChangeId);
        return Done.It;
    }

    public async Task<Reply<AlertTestResult>> Test(Guid channel, Actor actor)
    {
        if (await Load(channel) is not { } row)
            return None;
        var result = await test.Send(row);
        await audit.Write(Audit(actor, "alert_channel.tested", row.Document.Id, null, null) with { Result = result.Delivered ? "ok" : "failed" });
        return result;
    }

    public async Task<Reply<Page<AlertDelivery>>> Deliveries(Guid channel, int limit) => await Load(channel) is { } row
        ? new Page<AlertDelivery>([.. (await outbox.Deliveries(Tenant, row.Document.Id, limit)).Select(ChannelViews.ToDelivery)], null)
        : None;

    ValueTask<TenantDocument?> Load(Guid channel) => documents.Find(Tenant, ChannelList.Kind, channel.ToString());

    async ValueTask<NewDocument> Document(string id, ChannelSpec spec, ChannelSecrets secrets) =>
        new(Tenant, ChannelList.Kind, id, spec.Name, spec.ToJson(), (await vault.For(Tenant)).Seal(secrets.ToJson(), id, ChannelList.SecretsField));

    async ValueTask<AlertChannel> View(TenantDocument row) =>
        ChannelViews.ToChannel(row, (await outbox.Health(Tenant)).FirstOrDefault(one => one.Channel == row.Document.Id), address.Value.Url);

    AuditRow Audit(Actor actor, string action, string id, ChannelSpec? before, ChannelSpec? after) => new()
    {
        Tenant = Tenant,
        Actor = actor,
        Action = action,
        Target = "alert_channel/" + id,
        Before = before is null ? null : Told(before),
        After = after is null ? null : Told(after),
    };

    /// <summary>With the events in words; a channel is stored with their bits.</summary>
    static string Told(ChannelSpec spec)
    {
        var told = JsonNode.Parse(spec.ToJson())!;
        told["events"] = new JsonArray([.. ChannelRules.WordsOf(spec.Events).Select(word => JsonValue.Create(word))]);
        return told.ToJsonString();
    }

    static Refusal Invalid(List<FieldError> problems) => new(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);
}
