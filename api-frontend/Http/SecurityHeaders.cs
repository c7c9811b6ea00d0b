namespace Interven.ApiFrontend.Http;

/// <summary>What browsers are told of every answer: who may show it, what a page may load, what may be kept.</summary>
static class SecurityHeaders
{
    /// <summary>Answers to scripts are no pages.</summary>
    const string Data = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The console: our own files, WebAssembly, and the styles that its components write; nothing from elsewhere.</summary>
    const string Page = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    static readonly string[] DataPaths = ["/v1", "/api", "/health", "/metrics", "/version"];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        // At the last moment, because an error page begins by clearing all headers.
        http.Response.OnStarting(static state =>
        {
            Add((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    static void Add(HttpContext http)
    {
        // What an upstream answers is told as it is.
        if (http.Request.Path.StartsWithSegments("/inbound", StringComparison.OrdinalIgnoreCase))
            return;
        var headers = http.Response.Headers;
        var isData = IsData(http.Request.Path);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.ContentSecurityPolicy = isData ? Data : Page;
        if (isData && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }

    static bool IsData(PathString asked)
    {
        foreach (var path in DataPaths)
            if (asked.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
