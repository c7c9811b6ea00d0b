using Interven.Engine.Reading;

namespace Interven.Engine.Normalising;

/// <summary>A call while it is looked at.</summary>
readonly ref struct CallView(CallInput input, string method, PathSegments path, LazyBody body)
{
    public readonly CallInput Input = input;
    public readonly PathSegments Path = path;

    /// <summary>The method that a server acts on (<see cref="Methods.Effective"/>).</summary>
    public readonly string Method = method;

    /// <summary>The same call with a part of its body for the whole.</summary>
    public CallView Within(int node) => new(Input, Method, Path, new(Body.Within(node)));

    public NormalUrl Url => Input.Url;

    public CallBody Body => body.Value;
}

/// <summary>The body, read when it is first asked for: most calls are told by their URL alone.</summary>
sealed class LazyBody(JsonTree tree, int node) : IDisposable
{
    CallBody? value;

    public LazyBody(CallBody value)
        : this(value.Tree, value.Root) => this.value = value;

    public CallBody Value => value ??= new(tree, node);

    public void Dispose() => value?.Dispose();
}
