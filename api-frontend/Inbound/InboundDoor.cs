using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Scanning;
using Interven.Contracts;
using Interven.Contracts.Inbound;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Inbound;

namespace Interven.ApiFrontend.Inbound;

/// <summary>Takes a call in: route → caller → method and path → body. What is refused here is never scanned, and never forwarded.</summary>
sealed class InboundDoor(Door door, IGrainFactory grains, FrontEndOptions options)
{
    const int MostWaitSeconds = 110;
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such endpoint.");
    static readonly Refusal NoToken = new(401, ReasonCodes.InvalidKey, "A valid key of this route is required.");

    public async Task<(InboundCall? Call, Refusal? Refusal)> Enter(HttpContext http)
    {
        // Before anything is looked up: whoever shows no key at all learns nothing, and costs nothing.
        if (!ShowsKey(http))
            return (null, NoToken);
        var found = await grains.GetGrain<IInboundGrain>(GrainKeys.Singleton).Find((string)http.Request.RouteValues["prefix"]!).WaitAsync(Deadlines.Usual);
        if (found.Refusal is { } unknown)
            return (null, unknown);
        var route = found.Value!.Route;
        var (token, path) = TokenAndPath(http, found.Value);
        var byPath = route.Auth.Kind == InboundAuth.ByPathToken;
        if (byPath && !(KeyFormat.TryParse(token, out var key) && key.Id == route.KeyId))
            return (null, NoToken);
        var entry = await door.Enter(http, token, byPath ? KeyScopes.Inbound : KeyScopes.Scan, again: true).AsTask().WaitAsync(Deadlines.Usual);
        if (entry.Admission is { } admission && admission.Tenant != found.Value.Tenant)
            return (null, NotFound);
        if (entry.Refusal is { } refused)
            return (null, refused);
        if (Forbidden(http, route.Methods, route.Paths, path) is { } forbidden)
            return (null, forbidden);
        return await Read(http, found.Value, entry.Token, path);
    }

    async Task<(InboundCall?, Refusal?)> Read(HttpContext http, InboundTarget target, string token, string path)
    {
        if (InboundCall.UrlOf(target.Route, path, http.Request.QueryString) is not { } url)
            return (null, Problems.Invalid("path", "The path cannot be forwarded."));
        var wait = 0;
        if (http.Request.Headers[InboundHeaders.Wait].ToString() is { Length: > 0 } seconds
            && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out wait) || wait > MostWaitSeconds))
            return (null, Problems.Invalid(InboundHeaders.Wait, $"The header must be a whole number of seconds from 0 to {MostWaitSeconds}."));
        if (http.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return (null, new(415, ReasonCodes.InvalidRequest, "A compressed body cannot be scanned; send it as it is."));
        var (bytes, tooLarge) = await RequestBody.Read(http, options.MaxBodyBytes);
        if (tooLarge is not null)
            return (null, tooLarge);
        var (body, malformed) = InboundBody.Of(bytes, http.Request.ContentType);
        return body is null ? (null, malformed) : (new(target.Tenant, target.Route, token, url, body, wait), null);
    }

    static bool ShowsKey(HttpContext http) =>
        http.Request.Headers.Any(header => header.Value.Any(value => IsKey(value))) || IsKey((http.Request.RouteValues["path"] as string)?.Split('/')[0]);

    static bool IsKey(string? text) => text is not null && KeyFormat.TryParse(WithoutScheme(text), out _);

    static string WithoutScheme(string value) => (value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..] : value).Trim();

    static (string Token, string Path) TokenAndPath(HttpContext http, InboundTarget target)
    {
        var path = "/" + (http.Request.RouteValues["path"] as string ?? "");
        if (target.Route.Auth.Kind == InboundAuth.ByPathToken)
        {
            var end = path.IndexOf('/', 1);
            return end < 0 ? (path[1..], "") : (path[1..end], path[end..]);
        }
        var value = http.Request.Headers[target.Route.Auth.Header ?? "Authorization"] is [{ } one] ? one.Trim() : "";
        return (WithoutScheme(value), path == "/" ? "" : path);
    }

    static Refusal? Forbidden(HttpContext http, IReadOnlyList<string> methods, IReadOnlyList<string> paths, string path)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>()?.IsUpgradableRequest == true || http.Request.Method is "CONNECT" or "TRACE")
            return new(405, ReasonCodes.InvalidRequest, "The route does not take this method.");
        if (PathPattern.IsAmbiguous(path))
            return Problems.Invalid("path", "The path must hold no dot segments, double slashes, backslashes, semicolons or escapes of escapes.");
        if (methods.Count > 0 && !methods.Contains(http.Request.Method))
            return new(405, ReasonCodes.InvalidRequest, "The route does not take this method.");
        return paths.Count > 0 && !paths.Any(allowed => PathPattern.Matches(allowed, path))
            ? new(403, ReasonCodes.Forbidden, "The route does not let this path through.")
            : null;
    }
}
