using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;

namespace Interven.Silo.Hosting;

/// <summary>
/// Where stateless workers are looked up: nowhere. They run on the silo that asks and are registered by nobody; yet Orleans asks its directory for them,
/// and the part of it that another silo keeps is out of reach while that silo is silent. The first call of each would hang for as long.
/// </summary>
sealed class StatelessDirectory : IGrainDirectoryResolver, IGrainDirectory
{
    /// <summary>As Orleans names the strategy in a grain's properties; the type is not public.</summary>
    const string Placement = "StatelessWorkerPlacement";

    public bool TryResolveGrainDirectory(GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory)
    {
        var isStateless = properties is not null && properties.Properties.TryGetValue(WellKnownGrainTypeProperties.PlacementStrategy, out var strategy)
            && strategy == Placement;
        grainDirectory = isStateless ? this : null;
        return isStateless;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
