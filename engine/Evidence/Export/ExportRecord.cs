using Interven.Contracts;

namespace Interven.Engine.Evidence.Export;

/// <summary>A record on its way out: its canonical bytes and what is kept beside them.</summary>
public sealed class ExportRecord
{
    DecisionRecord? read;

    public required ReadOnlyMemory<byte> Canonical { get; init; }

    /// <summary>Number within the tenant.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>SHA-256 of <see cref="Canonical"/>.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The redacted body as JSON; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Classes of what came back to the agent.</summary>
    public DataClasses ResponseClasses { get; init; }

    /// <exception cref="InvalidOperationException">The bytes are no record of a known version: an export must not pass it over in silence.</exception>
    public DecisionRecord Record => read ??= RecordReader.Read(Canonical) ?? throw new InvalidOperationException($"Record {Seq} cannot be read.");
}

/// <summary>What an export is made for.</summary>
/// <param name="Host">Name of this installation, as SIEMs show it.</param>
/// <param name="Now">Time of the export.</param>
public sealed record ExportContext(string Host, DateTimeOffset Now);
