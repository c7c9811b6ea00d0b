namespace Interven.GrainInterfaces.Evidence;

/// <summary>
/// Evidence on its way out, page by page, so that no silo holds more of it than a page. Key: <see cref="GrainKeys.Tenant"/>; any silo gives the next page.
/// </summary>
[Alias("export"), GrainInterfaceType("export")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>Checks what is asked for, fixes its range, and writes the audit row.</summary>
    [Alias("begin"), ResponseTimeout("00:02:00")]
    Task<Reply<ExportPlan>> Begin(ExportWish wish, Actor actor);

    /// <param name="plan">What <see cref="Begin"/> returned.</param>
    /// <param name="place">The place that the page before names; null for the first page.</param>
    [Alias("next"), ResponseTimeout("00:02:00")]
    Task<ExportPage> Next(ExportPlan plan, string? place);
}

/// <param name="Content">One of <see cref="ExportContent"/>.</param>
/// <param name="Format">The shape; what shapes there are depends on the content.</param>
/// <param name="Query">Which decisions; of other content only the times count.</param>
/// <param name="Audit">Which rows of the audit log, where that is the content.</param>
[GenerateSerializer, Immutable, Alias("export-wish")]
public sealed record ExportWish([property: Id(0)] string Content, [property: Id(1)] string Format, [property: Id(2)] DecisionQuery Query, [property: Id(3)] AuditQuery? Audit = null);

public static class ExportContent
{
    public const string Decisions = "decisions", Approvals = "approvals", Policies = "policies", Audit = "audit-log";
}

/// <summary>An export with its range fixed: what is committed later does not join it.</summary>
/// <param name="Wish">With both times set.</param>
/// <param name="Now">When it was begun.</param>
/// <param name="Records">How many records there were; -1 where that is not counted before.</param>
/// <param name="MediaType">Of the whole.</param>
/// <param name="FileName">For whoever saves it.</param>
[GenerateSerializer, Immutable, Alias("export-plan")]
public sealed record ExportPlan(
    [property: Id(0)] ExportWish Wish, [property: Id(1)] DateTimeOffset Now, [property: Id(2)] long Records, [property: Id(3)] string MediaType, [property: Id(4)] string FileName);

/// <param name="Blocks">The bytes, in order.</param>
/// <param name="Records">How many records they hold.</param>
/// <param name="First">Time of the first record.</param>
/// <param name="Last">Time of the last record.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
[GenerateSerializer, Immutable, Alias("export-page")]
public sealed record ExportPage(
    [property: Id(0)] IReadOnlyList<ExportBlock> Blocks, [property: Id(1)] int Records, [property: Id(2)] DateTimeOffset? First, [property: Id(3)] DateTimeOffset? Last,
    [property: Id(4)] string? Next);

/// <param name="Bytes">A buffer.</param>
/// <param name="Length">How much of it counts.</param>
[GenerateSerializer, Immutable, Alias("export-block")]
public sealed record ExportBlock([property: Id(0)] byte[] Bytes, [property: Id(1)] int Length);

/// <summary>Which rows of the audit log are meant; null does not narrow.</summary>
[GenerateSerializer, Immutable, Alias("audit-query")]
public sealed record AuditQuery
{
    [Id(0)] public DateTimeOffset? Since { get; init; }
    [Id(1)] public DateTimeOffset? Until { get; init; }
    [Id(2)] public string? Actor { get; init; }

    /// <summary>An action, or its noun with a dot for all of that noun.</summary>
    [Id(3)] public string? Action { get; init; }

    [Id(4)] public string? Target { get; init; }
    [Id(5)] public string? Result { get; init; }
}
