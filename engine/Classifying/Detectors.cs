using Interven.Engine.Classifying.Secrets;

namespace Interven.Engine.Classifying;

/// <summary>Every detector that Interven brings along.</summary>
public static class Detectors
{
    public static IReadOnlyList<Detector> All { get; } = [.. SecretDetectors.All];
}
