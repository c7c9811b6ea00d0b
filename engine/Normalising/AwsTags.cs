using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>The tags that an AWS call sets, in the shapes that its protocols give them.</summary>
static class AwsTags
{
    /// <summary>Most tags taken (AWS itself allows 50 on a resource).</summary>
    const int Most = 64;

    public static Dictionary<string, string>? Of(CallBody body)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Form is { } form)
            FromForm(form, tags);
        else if (body.Root >= 0)
            foreach (var name in (ReadOnlySpan<string>)["Tags", "tags", "TagSet"])
                FromNode(body.Tree, body.Tree.Child(body.Root, name), tags);
        if (body.Root >= 0 && body.Tree.Child(body.Root, "TagSpecifications") is >= 0 and var specifications)
            for (int one = specifications + 1, end = body.Tree.Nodes[specifications].End; one < end; one = body.Tree.Nodes[one].End)
                FromNode(body.Tree, body.Tree.Child(one, "Tags"), tags);
        return tags.Count == 0 ? null : tags;
    }

    // [{"Key":"k","Value":"v"}], the same in lower case, or {"k":"v"}.
    static void FromNode(JsonTree tree, int node, Dictionary<string, string> tags)
    {
        if (node < 0 || tree.Nodes[node].Kind is not (JsonKind.Array or JsonKind.Object))
            return;
        for (int child = node + 1, end = tree.Nodes[node].End; child < end && tags.Count < Most; child = tree.Nodes[child].End)
        {
            if (tree.Nodes[node].Kind == JsonKind.Object && tree.Nodes[child].Kind == JsonKind.String)
                tags.TryAdd(tree.Key(child).ToString(), tree.Value(child).ToString());
            else if ((tree.ChildString(child, "Key") ?? tree.ChildString(child, "key") ?? tree.ChildString(child, "TagKey")) is { } key)
                tags.TryAdd(key, tree.ChildString(child, "Value") ?? tree.ChildString(child, "value") ?? tree.ChildString(child, "TagValue") ?? "");
        }
    }

    // Tags.member.1.Key=k&Tags.member.1.Value=v, TagSpecification.1.Tag.1.Key=k&….
    static void FromForm(ReadOnlySpan<char> form, Dictionary<string, string> tags)
    {
        foreach (var range in form.Split('&'))
        {
            var field = form[range];
            var equals = field.IndexOf('=');
            if (equals < 0 || tags.Count >= Most || !field.StartsWith("Tag") || !field[..equals].EndsWith(".Key"))
                continue;
            var value = UrlQuery.Find(form, $"{field[..(equals - 3)]}Value");
            tags.TryAdd(Percent.Decode(field[(equals + 1)..], form: true), value ?? "");
        }
    }
}
