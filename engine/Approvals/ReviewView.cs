using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>What a reviewer sees of a paused call beyond the approval's columns, as it is sealed with the approval: the record of the pausing scan and the redacted body.</summary>
/// <param name="Record">Why it was stopped; its URL is the one for review.</param>
/// <param name="Body">Without any finding, LOW ones included; empty where there was none or it could not be redacted.</param>
/// <param name="UrlIsWhole">Nothing but what was found is missing in the URL.</param>
public sealed record ReviewView(DecisionRecord Record, byte[] Body, bool UrlIsWhole)
{
    /// <summary>What it is called where it is sealed.</summary>
    public const string Field = "view";

    /// <param name="stored">The evidence of the pausing scan.</param>
    /// <param name="url">As <see cref="RecordOf.UrlForReview"/> gives it.</param>
    public static byte[] Write(StoredRecord stored, UrlForReview url)
    {
        using var json = new CanonicalJson(64 + stored.Canonical.Length + stored.RedactedBody.Length);
        json.BeginObject().Name("v").Number(1).Name("record").Raw(stored.Canonical).Name("url").String(url.Shown).Name("url_is_whole").Bool(url.IsWhole);
        if (stored.RedactedBody.Length > 0)
            json.Name("body").Raw(stored.RedactedBody.Span);
        return json.EndObject().Written.ToArray();
    }

    /// <summary>Whether values of its query are hidden.</summary>
    public static bool HidesValues(string url) => url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query && url.AsSpan(query).Contains("[REDACTED]", StringComparison.Ordinal);

    /// <summary>Null where the bytes are no view of a known version.</summary>
    public static ReviewView? Read(ReadOnlyMemory<byte> view)
    {
        using var tree = JsonTree.Parse(view, out _);
        if (tree is null || tree.Child(0, "record") is not (>= 0 and var record) || tree.Child(0, "v") is not (>= 0 and var version) || !tree.Value(version).SequenceEqual("1"))
            return null;
        if (RecordReader.Read(tree.RawValue(record).ToArray()) is not { } read)
            return null;
        var url = tree.ChildString(0, "url") ?? read.Url;
        // Older views do not say.
        var isWhole = tree.Child(0, "url_is_whole") is >= 0 and var flag ? tree.Nodes[flag].Kind == JsonKind.True : !HidesValues(url);
        return new(read with { Url = url }, tree.Child(0, "body") is >= 0 and var body ? tree.RawValue(body).ToArray() : [], isWhole);
    }
}
