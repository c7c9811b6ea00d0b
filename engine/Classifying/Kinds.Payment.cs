using Interven.Contracts;

namespace Interven.Engine.Classifying;

public static partial class Kinds
{
    /// <summary>Card data identifies its holder too, so it is PCI and PII (spec: data classes).</summary>
    const DataClasses Card = DataClasses.Pci | DataClasses.Pii;

    public static readonly DataKind CreditCard = new("credit_card", Card, 0.9);
    public static readonly DataKind CardSecurityCode = new("card_security_code", Card, 0.9);
    public static readonly DataKind CardTrack = new("card_track", Card, 1.0);
}
