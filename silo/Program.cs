using Interven.Silo.Hosting;
using Interven.Silo.Observability;
using Orleans.Dashboard;

var builder = WebApplication.CreateBuilder(args);
builder.AddIntervenSilo();
builder.AddIntervenTelemetry("interven-silo");
builder.WebHost.UseUrls(builder.Configuration["INTERVEN_SILO_URL"] ?? "http://127.0.0.1:8081");

var app = builder.Build();
if (args is ["migrate"])
{
    await app.Migrate();
    return;
}
if (args is ["rewrap"])
{
    await app.Rewrap();
    return;
}
await app.PrepareStorage();
app.MapSiloHealth();
app.MapPrometheusScrapingEndpoint("/metrics");
if (app.Environment.IsDevelopment())
    app.MapOrleansDashboard("/dashboard");
await app.RunAsync();
