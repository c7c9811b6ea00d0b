using Interven.Contracts;

namespace Interven.Engine.Classifying;

public static partial class Kinds
{
    public static readonly DataKind CreditCard = new("credit_card", DataClasses.Pci, 0.9);
    public static readonly DataKind CardSecurityCode = new("card_security_code", DataClasses.Pci, 0.9);
    public static readonly DataKind CardTrack = new("card_track", DataClasses.Pci, 1.0);
}
