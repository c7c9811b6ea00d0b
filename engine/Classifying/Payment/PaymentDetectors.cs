namespace Interven.Engine.Classifying.Payment;

/// <summary>Everything of class PCI.</summary>
public static class PaymentDetectors
{
    public static readonly IReadOnlyList<Detector> All = [CardNumber.Detector, .. SecurityCode.Detectors];
}
