using System.Buffers;
using Interven.GrainInterfaces.Evidence;

namespace Interven.Grains.Evidence;

/// <summary>Collects bytes in blocks that are small enough for the young generations, however long the export is.</summary>
sealed class BlockWriter : IBufferWriter<byte>
{
    const int Size = 64 * 1024;
    readonly List<ExportBlock> full = [];
    byte[] block = [];
    int used;

    public void Advance(int count) => used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Need(sizeHint);
        return block.AsMemory(used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Need(sizeHint);
        return block.AsSpan(used);
    }

    public IReadOnlyList<ExportBlock> Blocks()
    {
        Close();
        return full;
    }

    void Need(int size)
    {
        if (block.Length - used >= Math.Max(1, size))
            return;
        Close();
        block = new byte[Math.Max(Size, size)];
    }

    void Close()
    {
        if (used > 0)
            full.Add(new(block, used));
        (block, used) = ([], 0);
    }
}
