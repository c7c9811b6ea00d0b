using Interven.Engine.Classifying.Own;
using Interven.Engine.Normalising;
using Interven.Engine.Risk;
using Interven.Grains.Detecting;
using Interven.Grains.Ports;
using Interven.Grains.Tools;

namespace Interven.Grains.Tenants;

/// <summary>What a tenant added to what Interven brings along, compiled.</summary>
/// <param name="Detectors">Those that are enabled.</param>
/// <param name="Tools">Its tools and operations.</param>
/// <param name="Threats">Its threat lists; null for none.</param>
sealed record OwnParts(IReadOnlyList<OwnDetector> Detectors, TenantTools Tools, ThreatIndex? Threats)
{
    /// <exception cref="InvalidOperationException">A stored part does not compile: nothing may be decided without it.</exception>
    public static async Task<OwnParts> Of(TenantId tenant, IDocumentStore documents)
    {
        var detectors = new List<OwnDetector>();
        foreach (var document in await documents.List(tenant, StoredDetector.DocumentKind))
            if (StoredDetector.Of(document) is { Enabled: true } stored)
                detectors.Add(stored.Compile(document.Document.Name, []) ?? throw new InvalidOperationException($"Detector {document.Document.Id} of tenant {tenant} does not compile."));
        var tools = await documents.List(tenant, StoredTool.DocumentKind);
        var compiled = tools.Count == 0 ? TenantTools.None
            : TenantTools.Compile([.. tools.Select(tool => StoredTool.Of(tool).ToCatalogue())], out _) ?? throw new InvalidOperationException($"The tools of tenant {tenant} do not compile.");
        var lists = await documents.List(tenant, StoredThreatList.DocumentKind);
        return new(detectors, compiled,
            lists.Count == 0 ? null : new ThreatIndex([.. lists.Select(list => StoredThreatList.Feed(list.Document.Name, StoredThreatList.Of(list).Entries))]));
    }
}
