namespace Interven.Engine.Classifying.Personal;

/// <summary>Everything of class PII but cards.</summary>
public static class PersonalDetectors
{
    public static readonly IReadOnlyList<Detector> All =
    [
        EmailAddress.Detector, .. PhoneNumber.Detectors, SocialSecurity.Detector, Iban.Detector, NationalNumbers.Detector, .. LetteredIds.Detectors,
        .. LabelledIds.Detectors, .. NamedFields.Detectors, .. IpAddress.Detectors, .. CryptoWallet.Detectors,
    ];
}
