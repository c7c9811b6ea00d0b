using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>What a reviewer sees of a paused call beyond the approval's columns, as it is sealed with the approval: the record of the pausing scan and the redacted body.</summary>
/// <param name="Record">Why it was stopped.</param>
/// <param name="Body">Without any finding, LOW ones included; empty where there was none or it could not be redacted.</param>
public sealed record ReviewView(DecisionRecord Record, byte[] Body)
{
    public static byte[] Write(StoredRecord stored)
    {
        using var json = new CanonicalJson(64 + stored.Canonical.Length + stored.RedactedBody.Length);
        json.BeginObject().Name("v").Number(1).Name("record").Raw(stored.Canonical);
        if (stored.RedactedBody.Length > 0)
            json.Name("body").Raw(stored.RedactedBody.Span);
        return json.EndObject().Written.ToArray();
    }

    /// <summary>Null where the bytes are no view of a known version.</summary>
    public static ReviewView? Read(ReadOnlyMemory<byte> view)
    {
        using var tree = JsonTree.Parse(view, out _);
        if (tree is null || tree.Child(0, "record") is not (>= 0 and var record) || tree.Child(0, "v") is not (>= 0 and var version) || !tree.Value(version).SequenceEqual("1"))
            return null;
        return RecordReader.Read(tree.RawValue(record).ToArray()) is { } read
            ? new(read, tree.Child(0, "body") is >= 0 and var body ? tree.RawValue(body).ToArray() : [])
            : null;
    }
}
