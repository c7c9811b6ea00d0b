namespace Interven.Storage.Recording;

/// <summary>Sizes and times of the group commit.</summary>
public sealed record CommitLimits
{
    /// <summary>Appends that may wait before callers feel back-pressure.</summary>
    public int Queue { get; init; } = 8192;

    /// <summary>Records in one commit.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>How long one commit may take before the store counts as out.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Pause between two probes of a store that is out.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(100);
}
