using System.Buffers.Binary;
using System.Text;

namespace Interven.Storage.Vault;

/// <summary>What a ciphertext is bound to: tenant, record, field and data key, each with its length before it, so that no two bindings read alike.</summary>
static class AssociatedData
{
    public static byte[] Of(Guid tenant, string record, string field, int dataKey)
    {
        var recordBytes = Encoding.UTF8.GetByteCount(record);
        var fieldBytes = Encoding.UTF8.GetByteCount(field);
        var bytes = new byte[1 + 4 + 16 + 4 + recordBytes + 4 + fieldBytes];
        var rest = bytes.AsSpan();
        rest[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(rest[1..], dataKey);
        tenant.TryWriteBytes(rest[5..], bigEndian: true, out _);
        rest = rest[21..];
        BinaryPrimitives.WriteInt32BigEndian(rest, recordBytes);
        Encoding.UTF8.GetBytes(record, rest[4..]);
        rest = rest[(4 + recordBytes)..];
        BinaryPrimitives.WriteInt32BigEndian(rest, fieldBytes);
        Encoding.UTF8.GetBytes(field, rest[4..]);
        return bytes;
    }
}
