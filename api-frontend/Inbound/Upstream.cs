using System.Net;
using System.Security.Cryptography;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Scanning;
using Interven.Contracts;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Vault;
using Interven.Silo.Egress;
using Microsoft.AspNetCore.Diagnostics;
using Yarp.ReverseProxy.Forwarder;

namespace Interven.ApiFrontend.Inbound;

/// <summary>Sends a call on with the route's credential, over the guarded way out, and looks at what comes back.</summary>
sealed class Upstream(EgressGuard guard, IHttpForwarder forwarder, ResponseScans scans, IGrainFactory grains, TimeProvider clock) : IDisposable
{
    static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(100),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    readonly HttpMessageInvoker connections = new(guard.NewInvokerHandler(), disposeHandler: true);

    public async Task Forward(HttpContext http, InboundCall call, byte[] body, bool isScanned)
    {
        var injected = await Inject(http, call, body);
        if (injected.Refusal is { } refusal)
        {
            await Problems.Write(http, refusal);
            return;
        }
        // An empty error answer of the upstream is the caller's, not ours to fill in.
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        http.Request.Headers.Remove("Transfer-Encoding");
        http.Request.ContentLength = body.Length;
        http.Request.Body = new MemoryStream(body, writable: false);
        var passage = new Passage(call, injected.Value!.Headers, isScanned ? scans : null);
        var error = await forwarder.SendAsync(http, call.Route.UpstreamUrl, connections, Config, passage, http.RequestAborted);
        if (passage.Status == 401 && call.Route.CredentialId is { } credential)
            grains.GetGrain<IInjectionGrain>(GrainKeys.Tenant(call.Tenant)).Refused(credential).Ignore();
        if (error != ForwarderError.None && !http.Response.HasStarted)
            await Problems.Write(http, error is ForwarderError.RequestTimedOut ? 504 : 502, ReasonCodes.UpstreamUnavailable, "The upstream could not be reached, or its answer could not be passed on.");
    }

    async Task<Reply<InjectedHeaders>> Inject(HttpContext http, InboundCall call, byte[] body) => call.Route.CredentialId is not { } credential
        ? new InjectedHeaders([])
        : await grains.GetGrain<IInjectionGrain>(GrainKeys.Tenant(call.Tenant))
            .Inject(credential, new(http.Request.Method, call.Url.AbsoluteUri, body.Length > 0 ? http.Request.ContentType : null, Convert.ToHexStringLower(SHA256.HashData(body))))
            .WaitAsync(Deadlines.Injection, clock);

    public void Dispose() => connections.Dispose();
}
