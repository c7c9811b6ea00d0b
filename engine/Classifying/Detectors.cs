using Interven.Engine.Classifying.Health;
using Interven.Engine.Classifying.Internal;
using Interven.Engine.Classifying.Own;
using Interven.Engine.Classifying.Payment;
using Interven.Engine.Classifying.Personal;
using Interven.Engine.Classifying.Secrets;

namespace Interven.Engine.Classifying;

/// <summary>Every detector that Interven brings along.</summary>
public static class Detectors
{
    public static IReadOnlyList<Detector> All { get; } = With([], []);

    /// <summary>All of them, compiled once for every tenant that adds none.</summary>
    public static Classifier Shared { get; } = new(All);

    /// <summary>All of them, with a tenant's own markers of INTERNAL text and its own detectors.</summary>
    public static IReadOnlyList<Detector> With(IReadOnlyList<string> internalMarkers, IReadOnlyList<OwnDetector> own) =>
        [.. SecretDetectors.All, .. PaymentDetectors.All, .. PersonalDetectors.All, .. HealthDetectors.All, .. InternalDetectors.All(internalMarkers),
            .. own.SelectMany(detector => detector.Detectors())];
}
