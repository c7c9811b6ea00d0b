using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>What is kept of an edit when the body itself is gone: both forms without any finding.</summary>
/// <param name="Approved">What the reviewer wrote, redacted; empty where it cannot be shown.</param>
/// <param name="Effective">What goes out, redacted; empty where it cannot be shown.</param>
/// <param name="Hash">First 16 hex digits of a keyed hash of the effective body.</param>
public sealed record EditView(byte[] Approved, byte[] Effective, string Hash)
{
    public byte[] Write()
    {
        using var json = new CanonicalJson(96 + Approved.Length + Effective.Length);
        json.BeginObject().Name("v").Number(1).Name("hash").String(Hash);
        if (Approved.Length > 0)
            json.Name("approved").Raw(Approved);
        if (Effective.Length > 0)
            json.Name("effective").Raw(Effective);
        return json.EndObject().Written.ToArray();
    }

    /// <summary>Null where the bytes are no view of a known version.</summary>
    public static EditView? Read(ReadOnlyMemory<byte> view)
    {
        using var tree = JsonTree.Parse(view, out _);
        if (tree is null || tree.Child(0, "v") is not (>= 0 and var version) || !tree.Value(version).SequenceEqual("1"))
            return null;
        return new(Part(tree, "approved"), Part(tree, "effective"), tree.ChildString(0, "hash") ?? "");
    }

    static byte[] Part(JsonTree tree, string name) => tree.Child(0, name) is >= 0 and var part ? tree.RawValue(part).ToArray() : [];
}
