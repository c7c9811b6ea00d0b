using Interven.Grains.Ports;
using Interven.Storage.Sql;

namespace Interven.Storage.Stores;

sealed class InboundRouteStore(Database database) : IInboundRouteStore
{
    public ValueTask<TenantDocument?> FindByPrefix(string prefix, CancellationToken cancel = default) => database.One(
        $"SELECT {DocumentStore.Columns} FROM tenant_documents WHERE kind = 'inbound_route' AND name = @prefix", sql => sql.With("prefix", prefix), DocumentStore.Map, cancel);
}
