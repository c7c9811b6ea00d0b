namespace Interven.ApiFrontend.Scanning;

/// <summary>How long the front end waits for a silo. A silo answers within a second by itself; what takes longer is a silo that is gone.</summary>
static class Deadlines
{
    /// <summary>For the door, and for scans that are not parked.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(1500);

    /// <summary>For a route's credential, where a token endpoint may have to be asked first.</summary>
    public static readonly TimeSpan Injection = TimeSpan.FromSeconds(12);

    /// <summary>False for a body that cannot ask to be parked, which need not be read for that; the grain knows whether one that may name the field, in escapes too, really waits.</summary>
    public static bool NamesAWait(byte[] body) => body.AsSpan().IndexOf("wait_ms"u8) >= 0 || body.AsSpan().IndexOf("\\u"u8) >= 0;
}
