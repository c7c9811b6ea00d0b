using Interven.GrainInterfaces.Evidence;

namespace Interven.Grains.Evidence;

/// <summary>One kind of evidence that can be exported.</summary>
interface IExportSource
{
    /// <summary>One of <see cref="ExportContent"/>.</summary>
    string Content { get; }

    /// <summary>Media type and file extension by format; what is not in it is refused.</summary>
    IReadOnlyDictionary<string, (string MediaType, string Extension)> Formats { get; }

    /// <summary>-1 where it is not counted before.</summary>
    ValueTask<long> Count(TenantId tenant, ExportWish wish);

    ValueTask<ExportPage> Next(TenantId tenant, ExportPlan plan, string? place);
}
