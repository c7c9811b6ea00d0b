using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Policies.Compiling;

namespace Interven.Engine.Policies.Conditions;

/// <summary><c>is_external_principal</c>. A principal of whom it cannot be told is unknown; a call that gives nobody anything has no principal, and is not external.</summary>
public sealed record ExternalPrincipalCondition(bool Wanted) : Condition("is_external_principal")
{
    internal override string? ReasonCode => Wanted ? ReasonCodes.ExternalPrincipal : null;

    internal override Truth Judge(ref Inquiry inquiry)
    {
        var resource = inquiry.Facts.Call.Resource;
        return (resource.IsExternalPrincipal is null && resource.Principal is null ? Truth.False : Truths.Of(resource.IsExternalPrincipal)).Is(Wanted);
    }

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteBoolean(Key, Wanted);
}

/// <summary><c>is_new_destination</c>, also called <c>new_resource</c>.</summary>
public sealed record NewDestinationCondition(bool Wanted) : Condition("is_new_destination")
{
    internal override string? ReasonCode => Wanted ? ReasonCodes.NewDestination : null;

    internal override Truth Judge(ref Inquiry inquiry) => Truths.Of(inquiry.Facts.Agent?.NewDestination).Is(Wanted);

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteBoolean(Key, Wanted);
}

/// <summary><c>is_volume_burst</c>, also called <c>volume_burst</c>.</summary>
public sealed record VolumeBurstCondition(bool Wanted) : Condition("is_volume_burst")
{
    internal override string? ReasonCode => Wanted ? ReasonCodes.VolumeBurst : null;

    internal override Truth Judge(ref Inquiry inquiry) => Truths.Of(inquiry.Facts.Agent?.VolumeBurst).Is(Wanted);

    internal override void WriteTo(Utf8JsonWriter json) => json.WriteBoolean(Key, Wanted);
}
