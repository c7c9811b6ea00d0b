using System.Text;
using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>The fields of a body, whether it is JSON, JSON inside a string, or form-encoded text.</summary>
sealed class CallBody : IDisposable
{
    readonly JsonTree tree;
    readonly int root = -1;
    readonly JsonTree? inner;
    readonly string? form;

    public CallBody(JsonTree tree, int body)
    {
        this.tree = tree;
        if (body < 0 || body >= tree.Nodes.Length)
            return;
        if (tree.Nodes[body].Kind != JsonKind.String)
        {
            root = body;
            return;
        }
        var text = tree.Value(body);
        var start = text.TrimStart();
        if (!start.IsEmpty && start[0] is '{' or '[')
            inner = JsonTree.Parse(Encoding.UTF8.GetBytes(text.ToString()), out _);
        if (inner is not null)
            (this.tree, root) = (inner, 0);
        else if (text.Contains('='))
            form = text.ToString();
    }

    CallBody(CallBody whole, int part) => (tree, root) = (whole.tree, part);

    /// <summary>A part of it, for as long as the whole lives.</summary>
    public CallBody Within(int node) => new(this, node);

    public JsonTree Tree => tree;

    /// <summary>-1 where the body is no JSON.</summary>
    public int Root => root;

    /// <summary>Null where the body is not form-encoded.</summary>
    public string? Form => form;

    /// <summary>The first text or number under that name at the top; null where there is none.</summary>
    public string? Text(string name)
    {
        if (form is not null)
            return UrlQuery.Find(form, name);
        var node = tree.Child(root, name);
        return node >= 0 ? Scalar(node) : null;
    }

    /// <summary>All texts at the path; arrays on the way are gone through.</summary>
    public IEnumerable<string> Texts(string[] steps)
    {
        if (form is not null)
            return UrlQuery.Find(form, steps.Length == 1 ? steps[0] : $"{steps[0]}[{string.Join("][", steps[1..])}]") is { } value ? [value] : [];
        return root < 0 ? [] : Below(root, steps, 0);
    }

    /// <summary>The first of <see cref="Texts"/>; null where there is none.</summary>
    public string? FirstText(string[] steps) => form is not null ? Texts(steps).FirstOrDefault() : root < 0 ? null : FirstBelow(root, steps, 0);

    public void Dispose() => inner?.Dispose();

    string? FirstBelow(int node, string[] steps, int at)
    {
        if (tree.Nodes[node].Kind == JsonKind.Array)
        {
            for (int child = node + 1, end = tree.Nodes[node].End; child < end; child = tree.Nodes[child].End)
                if (FirstBelow(child, steps, at) is { } text)
                    return text;
            return null;
        }
        if (at == steps.Length)
            return Scalar(node);
        var next = tree.Child(node, steps[at]);
        return next < 0 ? null : FirstBelow(next, steps, at + 1);
    }

    IEnumerable<string> Below(int node, string[] steps, int at)
    {
        if (tree.Nodes[node].Kind == JsonKind.Array)
        {
            for (int child = node + 1, end = tree.Nodes[node].End; child < end; child = tree.Nodes[child].End)
                foreach (var text in Below(child, steps, at))
                    yield return text;
            yield break;
        }
        if (at == steps.Length)
        {
            if (Scalar(node) is { } value)
                yield return value;
            yield break;
        }
        var next = tree.Child(node, steps[at]);
        if (next >= 0)
            foreach (var text in Below(next, steps, at + 1))
                yield return text;
    }

    string? Scalar(int node) => tree.Nodes[node].Kind is JsonKind.String or JsonKind.Number && tree.Value(node) is { IsEmpty: false } text ? text.ToString() : null;
}
