using System.Globalization;
using Interven.Contracts;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Evidence;

/// <summary>Typed looks into one object of a stored document; what is absent is empty, 0 or null.</summary>
readonly struct RecordFields(JsonTree tree, int node)
{
    public bool Has(string name) => tree.Child(node, name) >= 0;

    public string Text(string name) => tree.ChildString(node, name) ?? "";

    public Guid? Guid(string name) => System.Guid.TryParseExact(Text(name), "D", out var id) ? id : null;

    public long Whole(string name) => long.TryParse(Number(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;

    public double Figure(string name) => double.TryParse(Number(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    public Verb Verb(string name) => Words.TryParseVerb(Text(name), out var verb) ? verb : Contracts.Verb.Admin;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public byte[] Raw(string name) => tree.Child(node, name) is var child and >= 0 ? tree.RawValue(child).ToArray() : [];

    public List<string> Texts(string name)
    {
        List<string> texts = [];
        var list = tree.Child(node, name);
        for (var item = list + 1; list >= 0 && item < tree.Nodes[list].End; item = tree.Nodes[item].End)
            texts.Add(tree.Value(item).ToString());
        return texts;
    }

    public List<RecordFields> Items(string name)
    {
        List<RecordFields> items = [];
        var list = tree.Child(node, name);
        for (var item = list + 1; list >= 0 && item < tree.Nodes[list].End; item = tree.Nodes[item].End)
            items.Add(new(tree, item));
        return items;
    }

    public List<Detail> Details(string name)
    {
        List<Detail> details = [];
        var map = tree.Child(node, name);
        for (var item = map + 1; map >= 0 && item < tree.Nodes[map].End; item = tree.Nodes[item].End)
            details.Add(tree.Nodes[item].Kind switch
            {
                JsonKind.String => new(tree.Key(item).ToString(), tree.Value(item).ToString()),
                JsonKind.Number => new(tree.Key(item).ToString(), Figure: double.Parse(tree.Value(item), NumberStyles.Float, CultureInfo.InvariantCulture)),
                _ => new(tree.Key(item).ToString()),
            });
        return details;
    }

    ReadOnlySpan<char> Number(string name) =>
        tree.Child(node, name) is var child and >= 0 && tree.Nodes[child].Kind == JsonKind.Number ? tree.Value(child) : [];
}
