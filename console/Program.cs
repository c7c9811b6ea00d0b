using Interven.Console;
using Interven.Console.Http;
using Interven.Console.Pieces;
using Interven.Console.Sessions;
using Interven.Console.Shell;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using MudBlazor;
using MudBlazor.Services;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new HttpClient { BaseAddress = new(builder.HostEnvironment.BaseAddress) });
builder.Services.AddSingleton<SessionState>();
builder.Services.AddScoped<Browser>();
builder.Services.AddScoped<Api>();
builder.Services.AddScoped<Account>();
builder.Services.AddScoped<Appearance>();
builder.Services.AddScoped<Filters>();
builder.Services.AddScoped<Confirm>();
builder.Services.AddMudServices(services =>
{
    services.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
    services.SnackbarConfiguration.VisibleStateDuration = 5000;
});
await builder.Build().RunAsync();
