using System.Buffers.Binary;
using System.Numerics;

namespace Interven.Engine.Classifying.Checksums;

/// <summary>Keccak-256 with the original padding, which Ethereum uses; the platform has only the later SHA-3 padding.</summary>
static class Keccak256
{
    const int Rate = 136;

    static ReadOnlySpan<ulong> Rounds =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    static ReadOnlySpan<byte> Rotations => [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    static ReadOnlySpan<byte> Lanes => [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    /// <summary>Hashes a message that fits one block (below 136 bytes).</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash32)
    {
        Span<byte> block = stackalloc byte[Rate];
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 0x01;
        block[Rate - 1] |= 0x80;
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        for (var i = 0; i < Rate / 8; i++)
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        foreach (var constant in Rounds)
            Round(state, constant);
        for (var i = 0; i < 4; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash32[(i * 8)..], state[i]);
    }

    static void Round(Span<ulong> state, ulong constant)
    {
        Span<ulong> column = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
            column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (var i = 0; i < 25; i++)
            state[i] ^= column[(i + 4) % 5] ^ BitOperations.RotateLeft(column[(i + 1) % 5], 1);
        var moved = state[1];
        for (var i = 0; i < 24; i++)
            (state[Lanes[i]], moved) = (BitOperations.RotateLeft(moved, Rotations[i]), state[Lanes[i]]);
        for (var y = 0; y < 25; y += 5)
        {
            state.Slice(y, 5).CopyTo(column);
            for (var x = 0; x < 5; x++)
                state[y + x] = column[x] ^ ~column[(x + 1) % 5] & column[(x + 2) % 5];
        }
        state[0] ^= constant;
    }
}
