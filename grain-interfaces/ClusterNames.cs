using Orleans.Serialization;

namespace Interven.GrainInterfaces;

/// <summary>Names that silos and front ends of one cluster must agree on.</summary>
public static class ClusterNames
{
    /// <summary>Never changes: reminders and grain state hang on it.</summary>
    public const string Service = "interven";

    /// <summary>Stream provider of the live view; loss is allowed, the table is the truth.</summary>
    public const string LiveStream = "live";

    /// <summary>Contract types travel between grains as the JSON that they are on the wire, so that they need no second shape.</summary>
    public static ISerializerBuilder AddContracts(this ISerializerBuilder serializer) =>
        serializer.AddJsonSerializer(
            type => !type.IsEnum && (type.Namespace?.StartsWith("Interven.Contracts", StringComparison.Ordinal) ?? false),
            new System.Text.Json.JsonSerializerOptions(ContractJson.Default.Options));
}
