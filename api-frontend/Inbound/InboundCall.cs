using System.Text.Json;
using Interven.Contracts.Inbound;

namespace Interven.ApiFrontend.Inbound;

/// <summary>One call on its way through a route.</summary>
/// <param name="Tenant">Owner of route and key.</param>
/// <param name="Route">The route.</param>
/// <param name="Token">The caller's key; it authenticates the scan, and goes no further.</param>
/// <param name="Url">Where it would be sent.</param>
/// <param name="Body">What it would send.</param>
/// <param name="WaitSeconds">How long the caller waits for a person.</param>
sealed record InboundCall(Guid Tenant, InboundRouteRow Route, string Token, Uri Url, InboundBody Body, int WaitSeconds)
{
    public override string ToString() => $"a call through {Route.Prefix}";

    /// <summary>The upstream's URL for the rest of the caller's path, or null where it cannot be built.</summary>
    public static Uri? UrlOf(InboundRouteRow route, string path, QueryString query) =>
        Uri.TryCreate(route.UpstreamUrl.TrimEnd('/') + new PathString(path).ToUriComponent() + query.ToUriComponent(), UriKind.Absolute, out var url)
        && url.AbsoluteUri.StartsWith(new Uri(route.UpstreamUrl).AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal) ? url : null;

    /// <summary>The request as <c>/v1/scan</c> takes it.</summary>
    public byte[] ToScan(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("method", request.Method);
            json.WriteString("url", Url.AbsoluteUri);
            json.WriteStartObject("headers");
            foreach (var (name, values) in Headers(request))
            {
                json.WriteStartArray(name);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            Body.WriteTo(json, "body");
            if (AgentOf(request) is { } agent)
                json.WriteString("agent_id", agent);
            if (Route.ToolName is { } tool)
                json.WriteString("tool_name", tool);
            if (Route.EnvName is { } env)
                json.WriteString("env", env);
            if (WaitSeconds > 0)
                json.WriteNumber("wait_ms", WaitSeconds * 1000);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    public IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> Headers(HttpRequest request) =>
        request.Headers.Where(header => InboundHeaders.GoOn(header.Key, CallersHeader));

    public string? CallersHeader => Route.Auth.Kind == InboundAuth.ByKey ? Route.Auth.Header ?? "Authorization" : null;

    string? AgentOf(HttpRequest request) => Route.Agent.From switch
    {
        "fixed" => Route.Agent.Value,
        "header" => request.Headers[Route.Agent.Value!].ToString() is { Length: > 0 } named ? named : null,
        _ => null,
    };
}
