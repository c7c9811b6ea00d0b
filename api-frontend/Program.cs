using Interven.ApiFrontend;
using Interven.ApiFrontend.Agents;
using Interven.ApiFrontend.Alerts;
using Interven.ApiFrontend.Approvals;
using Interven.ApiFrontend.ConsolePages;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Evidence;
using Interven.ApiFrontend.Health;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Incidents;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Inbound;
using Interven.ApiFrontend.Identity.Oidc;
using Interven.ApiFrontend.Keys;
using Interven.ApiFrontend.Policies;
using Interven.ApiFrontend.Scanning;
using Interven.ApiFrontend.Settings;
using Interven.ApiFrontend.Sinks;
using Interven.ApiFrontend.Swagger;
using Interven.ApiFrontend.Team;
using Interven.ApiFrontend.Tenants;
using Interven.ApiFrontend.Tools;
using Interven.ApiFrontend.Vault;
using Interven.Silo.Egress;
using Interven.Silo.Hosting;
using Interven.Silo.Observability;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(args);
var options = FrontEndOptions.From(builder.Configuration);
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(TimeProvider.System);

if (options.HostsSilo)
    builder.AddIntervenSilo();
else
    builder.AddIntervenClient();

builder.WebHost.UseUrls(builder.Configuration["INTERVEN_URL"] ?? "http://127.0.0.1:8080");
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = null;
});
builder.AddTrustedProxies();
builder.Services.AddEgress(builder.Configuration);
builder.Services.AddInbound();
builder.Services.AddSingleton(OidcOptions.From(builder.Configuration));
builder.Services.AddSingleton<OidcClient>();
builder.AddConsole();
builder.Services.AddSwagger();
builder.AddIntervenTelemetry("interven-frontend");
builder.Services.AddSingleton<DoorMetrics>();
builder.Services.AddSingleton<RateLimits>();
builder.Services.AddSingleton<FailedCallers>();
builder.Services.AddSingleton<Lanes>();
if (!options.HostsSilo)
    builder.Services.AddHostedService(services => services.GetRequiredService<Lanes>());
builder.Services.AddSingleton<Door>();
builder.Services.TryAddSingleton<GatewayLosses>();
builder.Services.AddSingleton<ParkedCallers>();
builder.Services.AddSingleton<FrontEndCount>();
builder.Services.AddHostedService<RateLimitReport>();
builder.Services.AddHostedService(services => services.GetRequiredService<FrontEndCount>());
builder.Services.AddSingleton<Drain>();
builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout += options.Drain);
builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());

var app = builder.Build();
if (options.HostsSilo)
    await app.PrepareStorage();
app.UseForwardedHeaders();
app.UseTraceIds();
app.UseSecurityHeaders();
app.UseProblemFallback();
app.UseFailedCallers();
app.UseSwaggerPages();
app.MapScanning();
app.MapApprovals();
app.MapAlerts();
app.MapSlack();
app.MapIncidents();
app.MapKeys();
app.MapPolicies();
app.MapEvidence();
app.MapSinks();
app.MapTenants();
app.MapSettings();
app.MapDetectors();
app.MapTools();
app.MapAgents();
app.MapEphemeralKeys();
app.MapCredentials();
app.MapInboundRoutes();
app.MapAuth();
app.MapOidc();
app.MapSso();
app.MapTeam();
app.MapHealth();
app.MapConsole();
app.MapMetrics();
app.RefuseUnguardedEndpoints();
await app.RunAsync();

