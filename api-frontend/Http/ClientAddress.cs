using System.Net;
using Interven.Contracts.Keys;
using Microsoft.AspNetCore.HttpOverrides;

namespace Interven.ApiFrontend.Http;

/// <summary>The caller's address: the peer, or behind configured proxies (<c>Interven:TrustedProxies</c>, CIDR blocks) the rightmost hop that is not one of them.</summary>
static class ClientAddress
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var blocks = builder.Configuration.GetSection("Interven:TrustedProxies").Get<string[]>() ?? [];
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = blocks.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var block in blocks)
                options.KnownIPNetworks.Add(AddressBlocks.Parse(block));
        });
    }

    public static string Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
