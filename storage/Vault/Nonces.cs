using System.Security.Cryptography;

namespace Interven.Storage.Vault;

/// <summary>Random nonces, drawn from the system's generator by the sheet: a call into it costs as much as sealing a kilobyte.</summary>
static class Nonces
{
    const int Sheet = 1536;

    [ThreadStatic]
    static byte[]? sheet;

    [ThreadStatic]
    static int used;

    public static void Fill(Span<byte> nonce)
    {
        var bytes = sheet ??= new byte[Sheet];
        if (used == 0 || used + nonce.Length > Sheet)
        {
            RandomNumberGenerator.Fill(bytes);
            used = 0;
        }
        bytes.AsSpan(used, nonce.Length).CopyTo(nonce);
        used += nonce.Length;
    }
}
