using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>What a call turned out to be, before its resource is read.</summary>
sealed record Identity(string Tool, string Operation, Verb Verb, string? Category)
{
    public string? GivenOperation { get; init; }

    /// <summary>The given operation where it is what people should read; null where <see cref="Operation"/> is.</summary>
    public string? Shown { get; init; }

    /// <summary>What the call is without the claimed tool; null where none was claimed in another's place.</summary>
    public Identity? Unclaimed { get; init; }

    public bool UrlIsKnown { get; init; }

    /// <summary>The tool's entry, where there is one.</summary>
    public CatalogueTool? Entry { get; init; }

    public CatalogueOperation? Listed { get; init; }

    /// <summary>What the named places of the path held, decoded.</summary>
    public IReadOnlyList<(Capture Capture, string Value)> Captured { get; init; } = [];

    public AwsEndpoint? Aws { get; init; }

    /// <summary>Node in the body's tree below which the operation's own fields stand; null where that is the body itself, -1 for none.</summary>
    public int? Arguments { get; init; }

    public static Identity Of(CompiledTool tool, CatalogueOperation operation) =>
        new(tool.Tool.Name, operation.Name, operation.Verb, operation.Category) { Entry = tool.Tool, Listed = operation };
}

/// <summary>What one operation's name and address tell, while the claims of the caller are still apart.</summary>
sealed record NamedOperation(string Name, Verb Verb, string? Category)
{
    public CatalogueOperation? Listed { get; init; }

    public static NamedOperation Of(CatalogueOperation listed) => new(listed.Name, listed.Verb, listed.Category) { Listed = listed };
}
