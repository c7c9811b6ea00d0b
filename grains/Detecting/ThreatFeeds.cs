using Interven.Engine.Risk;

namespace Interven.Grains.Detecting;

/// <summary>The installation's threat feeds as this silo has them, for every tenant.</summary>
public sealed class ThreatFeeds
{
    ThreatIndex current = new([]);

    public ThreatIndex Current => Volatile.Read(ref current);

    /// <summary>Tells whoever remembers compiled tenants that they look at old feeds.</summary>
    public event Action? Changed;

    public void Set(IReadOnlyList<ThreatFeed> feeds)
    {
        Volatile.Write(ref current, new(feeds));
        Changed?.Invoke();
    }
}
