namespace Interven.Grains.Ports;

/// <summary>
/// What became of a change that every silo must learn of. Where <see cref="ChangeId"/> is set, the change returns to its caller only after
/// <see cref="ISiloLeases.Behind"/> has gone empty for it.
/// </summary>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="ChangeId">Number in the change log; null where nothing changed.</param>
/// <param name="Value">The row as it is now; default where there is none.</param>
public readonly record struct Changed<T>(ChangeOutcome Outcome, long? ChangeId, T? Value)
{
    public bool IsDone => Outcome is ChangeOutcome.Done or ChangeOutcome.Unchanged;
}

public enum ChangeOutcome : byte
{
    Done,

    /// <summary>It was so before: no version, no audit row, no entry in the change log.</summary>
    Unchanged,

    NotFound,

    /// <summary>Somebody else was faster, or the name is taken.</summary>
    Conflict,
}
