using System.Security.Cryptography;
using Interven.GrainInterfaces.Scanning;

namespace Interven.Grains.Scanning;

/// <summary>What makes two requests under one Idempotency-Key the same: their bytes.</summary>
static class RequestHash
{
    public static byte[] Of(ScanCall call) => SHA256.HashData(call.Body);
}
