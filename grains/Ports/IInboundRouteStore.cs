namespace Interven.Grains.Ports;

/// <summary>Finds an inbound route before its tenant is known: a prefix belongs to one tenant of the installation.</summary>
public interface IInboundRouteStore
{
    /// <summary>The route's document, which names its tenant. Compare that with the caller's before believing anything.</summary>
    ValueTask<TenantDocument?> FindByPrefix(string prefix, CancellationToken cancel = default);
}
