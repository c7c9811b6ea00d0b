using System.Text.Json;
using System.Text.Json.Serialization;

// The yardstick: the least that a Kestrel endpoint can do with the same request, and an answer of the same size.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, Shapes.Default));
builder.WebHost.UseUrls(builder.Configuration["BARE_URL"] ?? "http://127.0.0.1:8090");
var app = builder.Build();
var filler = new string('x', 140);
app.MapPost("/v1/scan", (Request request) =>
    new Answer("ALLOW", request.Body.GetPropertyCount() / 10d, Guid.CreateVersion7().ToString("D"), "slack", "post_message", request.Url.Length, filler));
await app.RunAsync();

sealed record Request(string Method, string Url, string AgentId, Dictionary<string, string> Headers, JsonElement Body);

sealed record Answer(string Decision, double RiskScore, string TraceId, string ToolName, string Operation, int UrlLength, string Filler);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Answer))]
sealed partial class Shapes : JsonSerializerContext;
