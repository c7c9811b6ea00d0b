using Yarp.ReverseProxy.Forwarder;

namespace Interven.ApiFrontend.Inbound;

/// <summary>What is changed on the way there and back.</summary>
/// <param name="call">The call.</param>
/// <param name="injected">Headers with secrets: set on the request, and nowhere else.</param>
/// <param name="scans">Null where the call itself was not scanned.</param>
sealed class Passage(InboundCall call, IReadOnlyList<KeyValuePair<string, string>> injected, ResponseScans? scans) : HttpTransformer
{
    /// <summary>Of the upstream; 0 before it has answered.</summary>
    public int Status { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in call.Headers(httpContext.Request))
            if (!proxyRequest.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                proxyRequest.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        if (proxyRequest.Content is { } content)
            content.Headers.ContentLength = httpContext.Request.ContentLength;
        foreach (var (name, value) in injected)
        {
            proxyRequest.Headers.Remove(name);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
        proxyRequest.RequestUri = call.Url;
        proxyRequest.Headers.Host = null;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return false;
        Status = (int)proxyResponse.StatusCode;
        var said = httpContext.Response.Headers.Where(header => header.Key.StartsWith("X-Interven-", StringComparison.OrdinalIgnoreCase)).ToList();
        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        foreach (var name in httpContext.Response.Headers.Keys.Where(name => name.StartsWith("X-Interven-", StringComparison.OrdinalIgnoreCase)).ToList())
            httpContext.Response.Headers.Remove(name);
        foreach (var (name, value) in said)
            httpContext.Response.Headers[name] = value;
        if (scans is null || httpContext.Request.Method == "HEAD")
            return true;
        await scans.PassOn(httpContext, call, proxyResponse, cancellationToken);
        return false;
    }
}
