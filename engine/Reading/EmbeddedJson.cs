namespace Interven.Engine.Reading;

/// <summary>A string of the body that is itself JSON (or decodes to it): path conditions look into it as if it stood there unquoted.</summary>
/// <param name="Node">The string's node in the outer body tree.</param>
/// <param name="Tree">What it holds.</param>
public sealed record EmbeddedJson(int Node, JsonTree Tree);
