using Interven.Silo.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddIntervenSilo();
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
await app.RunAsync();
