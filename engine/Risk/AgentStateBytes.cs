namespace Interven.Engine.Risk;

/// <summary>An agent's memory as bytes for a grain's storage: little-endian, version first.</summary>
public static class AgentStateBytes
{
    const byte Version = 1;

    public static byte[] Write(AgentState state)
    {
        using var stream = new MemoryStream(512);
        using var to = new BinaryWriter(stream);
        to.Write(Version);
        to.Write(state.Suspended);
        to.Write(state.Scans);
        to.Write(state.IdentityCreatedAt);
        to.Write(state.Trust.Level);
        to.Write(state.Trust.DriftedUntil);
        to.Write(state.Trust.CleanScans);
        WriteSet(to, state.Destinations);
        WriteSet(to, state.Operations);
        WriteCounts(to, state.Hours.Counts);
        to.Write(state.Sizes.Mean);
        to.Write(state.Sizes.Variance);
        to.Write(state.Sizes.Count);
        WriteCounts(to, state.Rate.PerMinute);
        to.Write(state.Rate.LastMinute);
        to.Write(state.Rate.Normal);
        to.Write(state.Rate.Windows);
        to.Write(state.Rate.InWindow);
        WriteTimed(to, state.Credentials);
        WriteTimed(to, state.Reads);
        to.Write((byte)state.Mutations.Rows.Count);
        foreach (var row in state.Mutations.Rows)
        {
            to.Write(row.Tool);
            to.Write(row.LastSlice);
            WriteCounts(to, row.Counts);
        }
        return stream.ToArray();
    }

    /// <summary>Null where the bytes are not a memory of a known version: then the agent is unknown, which is not the same as new.</summary>
    public static AgentState? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Version)
            return null;
        using var from = new BinaryReader(new MemoryStream(bytes.ToArray()));
        try
        {
            return Read(from);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or InvalidDataException)
        {
            return null;
        }
    }

    static AgentState Read(BinaryReader from)
    {
        from.ReadByte();
        var state = new AgentState { Suspended = from.ReadBoolean(), Scans = from.ReadInt64(), IdentityCreatedAt = from.ReadInt64() };
        state.Trust.Restore(from.ReadDouble(), from.ReadInt64(), from.ReadInt32());
        ReadSet(from, state.Destinations, AgentState.MostDestinations);
        ReadSet(from, state.Operations, AgentState.MostOperations);
        ReadCounts(from, state.Hours.Counts);
        state.Sizes.Restore(from.ReadDouble(), from.ReadDouble(), from.ReadInt32());
        ReadCounts(from, state.Rate.PerMinute);
        state.Rate.Restore(from.ReadInt64(), from.ReadDouble(), from.ReadInt32(), from.ReadInt32());
        ReadTimed(from, state.Credentials, AgentState.MostCredentials);
        ReadTimed(from, state.Reads, AgentState.MostReads);
        for (var left = Bounded(from, MutationRate.Tools); left > 0; left--)
        {
            var row = new MutationRate.Row(from.ReadUInt64()) { LastSlice = Math.Max(0, from.ReadInt64()) };
            ReadCounts(from, row.Counts);
            state.Mutations.Rows.Add(row);
        }
        return state;
    }

    static void WriteSet(BinaryWriter to, SeenSet set)
    {
        to.Write((byte)set.Count);
        for (var i = set.Count - 1; i >= 0; i--)
            to.Write(set.Items[i]);
    }

    static void ReadSet(BinaryReader from, SeenSet set, int most)
    {
        for (var left = Bounded(from, most); left > 0; left--)
            set.Add(from.ReadUInt64());
    }

    static void WriteTimed(BinaryWriter to, TimedSet set)
    {
        to.Write((byte)set.Items.Count);
        foreach (var (hash, at) in set.Items)
        {
            to.Write(hash);
            to.Write(at);
        }
    }

    static void ReadTimed(BinaryReader from, TimedSet set, int most)
    {
        for (var left = Bounded(from, most); left > 0; left--)
            set.Add(from.ReadUInt64(), from.ReadInt64());
    }

    static void WriteCounts(BinaryWriter to, ReadOnlySpan<ushort> counts)
    {
        foreach (var count in counts)
            to.Write(count);
    }

    static void ReadCounts(BinaryReader from, Span<ushort> counts)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] = from.ReadUInt16();
    }

    static int Bounded(BinaryReader from, int most) =>
        from.ReadByte() is var count && count <= most ? count : throw new InvalidDataException();
}
