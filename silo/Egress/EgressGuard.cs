using System.Net.Sockets;

namespace Interven.Silo.Egress;

/// <summary>
/// Makes the connections of everything outgoing. A host is resolved once, and the connection goes to the address that was vetted, so that
/// a name which resolves differently a moment later gains nothing. No proxy, no redirects, no cookies.
/// </summary>
public sealed class EgressGuard
{
    /// <summary>Name of the client for <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "egress";

    static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    readonly EgressRules rules;
    readonly IHostAddresses hosts;

    internal EgressGuard(EgressRules rules, IHostAddresses hosts) => (this.rules, this.hosts) = (rules, hosts);

    /// <summary>A handler of its own pool that can only reach what may be called. It checks addresses; <see cref="EgressRequests"/> checks URLs.</summary>
    internal SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectPatience,
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseHeadersLength = 32,
        ConnectCallback = Connect,
    };

    /// <summary>For requests that are passed through: URLs are checked too, the answer may have any length.</summary>
    internal HttpMessageHandler NewInvokerHandler() => new EgressRequests(rules, null) { InnerHandler = NewHandler() };

    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isHttps = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = (await hosts.Find(host, cancel)).Where(address => rules.MayConnect(address, port, isHttps)).ToArray();
        if (addresses.Length == 0)
            throw new EgressRefusedException("The host leads to no address that may be called.");
        // A socket for both families takes IPv4 addresses too; the list is tried in its order.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
