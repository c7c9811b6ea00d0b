using System.Buffers.Binary;
using System.Buffers.Text;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>The place where a page ended, as callers carry it to the next one.</summary>
static class PageCursor
{
    const int Length = 16;

    public static string Of(RecordPlace place)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.Time.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], place.Seq);
        return Base64Url.EncodeToString(bytes);
    }

    public static RecordPlace? Read(string cursor)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (cursor.Length > 32 || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != Length)
            return null;
        var (time, seq) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return time is < 0 or > 253_402_300_799_999 || seq < 0 ? null : new(DateTimeOffset.FromUnixTimeMilliseconds(time), seq);
    }
}
