namespace Interven.GrainInterfaces.Evidence;

/// <summary>Which records are meant; what is null or empty does not narrow.</summary>
[GenerateSerializer, Immutable, Alias("decision-query")]
public sealed record DecisionQuery
{
    [Id(0)] public DateTimeOffset? Since { get; init; }

    /// <summary>The first moment that is not meant any more.</summary>
    [Id(1)] public DateTimeOffset? Until { get; init; }

    [Id(2)] public string? Agent { get; init; }
    [Id(3)] public string? Tool { get; init; }
    [Id(4)] public string? Operation { get; init; }

    /// <summary>Any of these.</summary>
    [Id(5)] public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Any of these.</summary>
    [Id(6)] public IReadOnlyList<RiskBand> Bands { get; init; } = [];

    /// <summary>Any of these.</summary>
    [Id(7)] public DataClasses Classes { get; init; }

    [Id(8)] public string? Environment { get; init; }
    [Id(9)] public string? Key { get; init; }
    [Id(10)] public Guid? Approval { get; init; }

    /// <summary>Part of the agent's id or name, the tool, the operation, the rule id or a reason code; or a trace id.</summary>
    [Id(11)] public string? Text { get; init; }

    /// <summary>The policy whose rule decided.</summary>
    [Id(12)] public Guid? Policy { get; init; }
}
