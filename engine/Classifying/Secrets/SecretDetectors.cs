namespace Interven.Engine.Classifying.Secrets;

/// <summary>The detectors of class SECRETS: vendors' tokens by their shape, keys in armour, credentials by their place, and names that promise a secret.</summary>
public static class SecretDetectors
{
    public static IReadOnlyList<Detector> All { get; } =
    [
        .. TokenFormats.All.Select(format => format.ToDetector()),
        .. PrivateKeys.Detectors,
        .. JsonWebTokens.Detectors,
        .. Secrets.UrlCredentials.Detectors,
        .. ConnectionStrings.Detectors,
        .. Headers.Detectors,
        .. CodeCredentials.Detectors,
        .. Assignments.Detectors,
    ];
}
