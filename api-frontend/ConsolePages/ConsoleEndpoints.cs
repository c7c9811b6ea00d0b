using Interven.Console;

namespace Interven.ApiFrontend.ConsolePages;

/// <summary>Serves the console: its files as they are, and its page under the addresses that it knows. Everything else is a 404: the page for a person at a browser, the shape of all errors for a program.</summary>
static class ConsoleEndpoints
{
    const string Page = "index.html";

    /// <summary>What programs speak to; an answer there is never a page.</summary>
    static readonly string[] NoPages = ["/api", "/v1", "/inbound", "/health", "/metrics", "/version", "/swagger"];

    /// <summary>A plain build has the files where they were made; a published one beside the application.</summary>
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        // A plain build would also look for files that were added since, under every address: a GET of what takes POST alone would be a 404 there and a 405 once published.
        if (!builder.Environment.IsDevelopment())
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
    }

    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().ExcludeFromDescription();
        var options = new StaticFileOptions { OnPrepareResponse = response => response.Context.Response.Headers.CacheControl = "no-cache" };
        foreach (var segment in ConsoleRoutes.Segments)
            app.MapFallbackToFile(segment.Length == 0 ? "/" : $"/{segment}/{{**rest}}", Page, options).ExcludeFromDescription();
    }

    /// <summary>Whether a browser asked for an address of the console that it does not have.</summary>
    public static bool IsMistyped(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !NoPages.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>The console says itself that there is no such page; the status stays.</summary>
    public static Task SendPage(HttpContext http)
    {
        (http.Response.ContentType, http.Response.Headers.CacheControl) = ("text/html", "no-cache");
        return http.Response.SendFileAsync(http.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo(Page));
    }
}
