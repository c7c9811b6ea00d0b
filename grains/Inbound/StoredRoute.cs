using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Inbound;
using Interven.Grains.Ports;

namespace Interven.Grains.Inbound;

/// <summary>A route as its document keeps it; the document's name is the prefix.</summary>
sealed record StoredRoute(
    string UpstreamUrl, Guid? CredentialId, string? ToolName, InboundAuth Auth, InboundAgent Agent, IReadOnlyList<string> Methods, IReadOnlyList<string> Paths,
    string FailureMode, string? EnvName, bool SanitizeResponse, bool Enabled, string? KeyId)
{
    public const string Kind = "inbound_route";

    public static StoredRoute Of(TenantDocument document) =>
        JsonSerializer.Deserialize(document.Document.Json, InboundJson.Default.StoredRoute) ?? throw new InvalidOperationException("A stored route cannot be read.");

    public string ToJson() => JsonSerializer.Serialize(this, InboundJson.Default.StoredRoute);

    public static InboundRouteRow Row(TenantDocument document, string publicUrl)
    {
        var route = Of(document);
        var prefix = document.Document.Name;
        return new(Guid.ParseExact(document.Document.Id, "N"), prefix, UrlOf(publicUrl, prefix, route.Auth.Kind == InboundAuth.ByPathToken ? "{token}" : null), route.UpstreamUrl, route.CredentialId,
            route.ToolName, route.Auth, route.Agent, route.Methods, route.Paths, route.FailureMode, route.EnvName, route.SanitizeResponse, route.Enabled, route.KeyId,
            document.CreatedAt, document.ChangedAt);
    }

    public static string UrlOf(string publicUrl, string prefix, string? token) => $"{publicUrl.TrimEnd('/')}/inbound/{prefix}{(token is null ? "" : "/" + token)}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredRoute))]
sealed partial class InboundJson : JsonSerializerContext;
