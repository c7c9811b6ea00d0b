using System.Net;
using System.Net.Sockets;

namespace Interven.Cluster.Tests.Running;

static class Ports
{
    /// <summary>One that nobody listens on now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
