using System.Net;

namespace Interven.Silo.Egress;

/// <summary>Finds the addresses of a host. Asked once for each connection.</summary>
interface IHostAddresses
{
    ValueTask<IPAddress[]> Find(string host, CancellationToken cancel);
}

sealed class SystemHostAddresses : IHostAddresses
{
    public async ValueTask<IPAddress[]> Find(string host, CancellationToken cancel) => await Dns.GetHostAddressesAsync(host, cancel);
}
