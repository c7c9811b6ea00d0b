using Interven.Grains.Ports;
using Interven.Storage.Tests.Harness;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class DocumentTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task A_document_is_created_changed_from_its_version_and_deleted(string store)
    {
        var room = stores.Room(store);
        var documents = room.Get<IDocumentStore>();
        var first = new NewDocument(Make.Tenant(), "channel", "c1", "Payments", "{}", [1, 2]);
        var audit = Make.Audit(first.Tenant);
        Assert.Equal(ChangeOutcome.Done, (await documents.Create(first, audit)).Outcome);
        Assert.Equal(ChangeOutcome.Conflict, (await documents.Create(first with { Id = "c2" }, audit)).Outcome);

        var changed = await documents.Update(first with { Name = "Risk", Sealed = null }, 1, audit);
        Assert.Equal((2L, "Risk"), (changed.Value!.Version, changed.Value.Document.Name));
        Assert.Equal([1, 2], changed.Value.Document.Sealed);
        Assert.Equal(ChangeOutcome.Conflict, (await documents.Update(first, 1, audit)).Outcome);
        Assert.Equal(ChangeOutcome.NotFound, (await documents.Update(first with { Tenant = Make.Tenant() }, 1, audit)).Outcome);

        Assert.Equal(ChangeOutcome.NotFound, (await documents.Delete(Make.Tenant(), "channel", "c1", audit)).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await documents.Delete(first.Tenant, "channel", "c1", audit)).Outcome);
        Assert.Empty(await documents.List(first.Tenant, "channel"));
        Assert.Equal(3, (await room.Get<IAuditLog>().List(first.Tenant, new())).Count);
    }

    [Theory, OnBoth]
    public async Task A_name_belongs_to_one_document_of_its_kind(string store)
    {
        var documents = stores.Room(store).Get<IDocumentStore>();
        var one = new NewDocument(Make.Tenant(), "sink", "s1", "hec", "{}");
        var two = one with { Id = "s2", Name = "datadog" };
        await documents.Create(one, Make.Audit(one.Tenant));
        await documents.Create(two, Make.Audit(one.Tenant));
        Assert.Equal(ChangeOutcome.Conflict, (await documents.Update(two with { Name = "hec" }, 1, Make.Audit(one.Tenant))).Outcome);
        Assert.Equal(["datadog", "hec"], (await documents.List(one.Tenant, "sink")).Select(row => row.Document.Name));
    }
}
