using System.Text;
using Interven.Grains.Ports;

namespace Interven.Silo.Slack;

/// <summary>Ties a button to the card that we made: 64 bits under the tenant's own key, so that nobody can make up a button for an approval.</summary>
static class CardNonce
{
    public static string Of(ITenantVault vault, string subject, string channel)
    {
        Span<byte> hash = stackalloc byte[32];
        vault.Fingerprint(Encoding.UTF8.GetBytes($"slack card/{subject}/{channel}"), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
