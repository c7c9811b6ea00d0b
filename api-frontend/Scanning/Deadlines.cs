namespace Interven.ApiFrontend.Scanning;

/// <summary>How long the front end waits for a silo. A silo answers within a second by itself; what takes longer is a silo that is gone.</summary>
static class Deadlines
{
    static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(1500);

    /// <summary>The longest <c>wait_ms</c>, and the time to answer after it.</summary>
    static readonly TimeSpan Parked = TimeSpan.FromSeconds(115);

    /// <summary>For the door.</summary>
    public static TimeSpan Admission => Usual;

    /// <summary>For a scan. The field need not be read for that: a body that does not even name it cannot ask to be parked.</summary>
    public static TimeSpan Scan(byte[] body) => body.AsSpan().IndexOf("wait_ms"u8) >= 0 ? Parked : Usual;
}
