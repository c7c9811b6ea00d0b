using Interven.Contracts;

namespace Interven.Engine.Classifying;

public static partial class Kinds
{
    /// <summary>Text that carries a marker of confidentiality. Sanitising replaces the whole string, not the marker.</summary>
    public static readonly DataKind InternalMarker = new("internal_marker", DataClasses.Internal, 0.6);

    /// <summary>The same for markers of the tenant's own.</summary>
    public static readonly DataKind TenantMarker = new("tenant_marker", DataClasses.Internal, 0.6);
}
