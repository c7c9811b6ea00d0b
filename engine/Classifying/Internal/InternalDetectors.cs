namespace Interven.Engine.Classifying.Internal;

/// <summary>Everything of class INTERNAL.</summary>
public static class InternalDetectors
{
    /// <param name="tenantMarkers">The tenant's own markers; empty for none.</param>
    public static IReadOnlyList<Detector> All(IReadOnlyList<string> tenantMarkers) => [Markers.Detector, .. TenantMarkers.Detectors(tenantMarkers)];
}
