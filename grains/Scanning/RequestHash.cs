using Interven.Grains.Ports;

namespace Interven.Grains.Scanning;

/// <summary>What makes two requests under one Idempotency-Key the same: their endpoint and their bytes, under the tenant's key.</summary>
static class RequestHash
{
    public static byte[] Of(ScanAttempt attempt, ITenantVault vault)
    {
        var hash = new byte[32];
        vault.Fingerprint([(byte)attempt.Form, .. attempt.Call.Body], hash);
        return hash;
    }
}
