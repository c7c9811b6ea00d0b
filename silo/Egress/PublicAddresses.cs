using System.Net;
using System.Net.Sockets;

namespace Interven.Silo.Egress;

/// <summary>Which addresses belong to the open internet. Of IPv4 all but the listed blocks; of IPv6 only global unicast, less the listed blocks.</summary>
static class PublicAddresses
{
    /// <summary>IANA's special-purpose registry, multicast, reserved space, and the fixed address of Azure's host agent.</summary>
    static readonly IPNetwork[] NotPublicV4 = Blocks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3");

    static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Protocol assignments with Teredo, documentation, and 6to4: what carries an IPv4 address inside could name a private one.</summary>
    static readonly IPNetwork[] NotPublicV6 = Blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    public static bool Contains(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Any(NotPublicV4, plain),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(plain) && !Any(NotPublicV6, plain),
            _ => false,
        };
    }

    /// <summary>An IPv4 address that is written as an IPv6 one is that IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static bool Any(IEnumerable<IPNetwork> blocks, IPAddress address) => blocks.Any(block => block.Contains(address));

    static IPNetwork[] Blocks(params string[] blocks) => [.. blocks.Select(block => IPNetwork.Parse(block))];
}
