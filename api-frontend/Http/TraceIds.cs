namespace Interven.ApiFrontend.Http;

/// <summary>Every response carries a trace id: the decision record's where there is one.</summary>
static class TraceIds
{
    public const string Header = "X-Interven-Trace-Id";

    public static void UseTraceIds(this WebApplication app) => app.Use((http, next) =>
    {
        // At the last moment, because an error page begins by clearing all headers.
        http.Response.OnStarting(static state =>
        {
            var started = (HttpContext)state;
            started.Response.Headers[Header] = Of(started).ToString();
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    public static void Set(HttpContext http, Guid traceId) => http.Items[Header] = traceId;

    public static Guid Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Header, out var known) && known is Guid id)
            return id;
        var made = Guid.CreateVersion7();
        Set(http, made);
        return made;
    }
}
