namespace Interven.Grains.Leases;

/// <summary>How a silo holds its right to decide.</summary>
public sealed class SiloLeaseOptions
{
    public string SiloName { get; set; } = "silo";

    /// <summary>How long a lease lasts: a change waits at most this long for a silo that is gone. Default 10 s.</summary>
    public TimeSpan Length { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How much earlier the silo itself stops, against clock drift. Default 1 s.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far this silo's clock may be off the database's before the silo says that it is not ready. Default 30 s.</summary>
    public TimeSpan MostSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the log is read when no hint comes. Default 250 ms.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(250);
}
