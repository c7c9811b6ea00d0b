namespace Interven.Engine.Classifying.Health;

/// <summary>Everything of class PHI.</summary>
public static class HealthDetectors
{
    public static readonly IReadOnlyList<Detector> All = [.. HealthIds.Detectors, .. FhirResources.Detectors, Hl7Messages.Detector, ClinicalDocuments.Detector];
}
