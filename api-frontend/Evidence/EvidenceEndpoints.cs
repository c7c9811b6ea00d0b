namespace Interven.ApiFrontend.Evidence;

/// <summary>Everything that is read, exported, kept and erased of decision records and the audit log.</summary>
static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapDecisions();
        app.MapLive();
        app.MapExports();
        app.MapRetention();
        app.MapAudit();
    }
}
