using Interven.Grains.Caching;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Vault;

/// <summary>The credentials that this silo remembers under its lease, sealed as they are in the store: they are opened for one request at a time.</summary>
public sealed class CredentialCache(IDocumentStore documents, TimeProvider clock) : IChangeListener
{
    readonly SnapshotCache<(TenantId Tenant, string Id), TenantDocument> known = new(
        async name => await documents.Find(name.Tenant, StoredCredential.Kind, name.Id), clock);

    public ValueTask<TenantDocument?> Find(TenantId tenant, Guid credential) => known.Get((tenant, credential.ToString("N")));

    public void Changed(ChangeRow change)
    {
        if (change.Kind == ChangeKind.Document && change.Ref.StartsWith(StoredCredential.Kind + "/", StringComparison.Ordinal))
            known.Forget((change.Tenant, change.Ref[(StoredCredential.Kind.Length + 1)..]));
        else if (change.Kind == ChangeKind.Tenant)
            known.ForgetWhere(name => name.Tenant == change.Tenant);
    }

    public void ForgetAll() => known.ForgetAll();

    public void ForgetUnused(TimeSpan idle) => known.ForgetUnused(idle);
}
