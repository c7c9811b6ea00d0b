using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>What a reviewer sees of a paused call beyond the approval's columns, as it is sealed with the approval: the record of the pausing scan and the redacted body.</summary>
/// <param name="Record">Why it was stopped; its URL is the one for review.</param>
/// <param name="Body">Without any finding, LOW ones included; empty where there was none or it could not be redacted.</param>
public sealed record ReviewView(DecisionRecord Record, byte[] Body)
{
    /// <summary>What it is called where it is sealed.</summary>
    public const string Field = "view";

    /// <param name="stored">The evidence of the pausing scan.</param>
    /// <param name="url">As <see cref="RecordOf.UrlForReview"/> gives it.</param>
    public static byte[] Write(StoredRecord stored, string url)
    {
        using var json = new CanonicalJson(64 + stored.Canonical.Length + stored.RedactedBody.Length);
        json.BeginObject().Name("v").Number(1).Name("record").Raw(stored.Canonical).Name("url").String(url);
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
            ? new(tree.Child(0, "url") is >= 0 and var url ? read with { Url = tree.Value(url).ToString() } : read, tree.Child(0, "body") is >= 0 and var body ? tree.RawValue(body).ToArray() : [])
            : null;
    }
}
