namespace Interven.Contracts;

/// <summary>Where an approval stands. Stored as its number.</summary>
public enum ApprovalState : byte
{
    Pending,
    Approved,
    Denied,
    Expired,

    /// <summary>Its scan was refused before its record landed; nobody waits for it.</summary>
    Withdrawn,
}
