namespace Interven.ApiFrontend.Http;

/// <summary>Every response carries a trace id: the decision record's where there is one.</summary>
static class TraceIds
{
    public const string Header = "X-Interven-Trace-Id";

    public static void UseTraceIds(this WebApplication app) => app.Use((http, next) =>
    {
        Set(http, Guid.CreateVersion7());
        return next(http);
    });

    public static void Set(HttpContext http, Guid traceId)
    {
        http.Items[Header] = traceId;
        http.Response.Headers[Header] = traceId.ToString();
    }

    public static Guid Of(HttpContext http) => http.Items[Header] is Guid id ? id : Guid.Empty;
}
