using Interven.Console;

namespace Interven.ApiFrontend.ConsolePages;

/// <summary>Serves the console: its files as they are, and its page under the addresses that it knows. Everything else stays a 404 in the shape of all errors.</summary>
static class ConsoleEndpoints
{
    const string Page = "index.html";

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
}
