using Interven.Contracts;

namespace Interven.Engine.Normalising.Catalogue;

/// <summary>One known destination: where it is reached and what can be done there.</summary>
/// <param name="Name">As policies write it, e.g. <c>gdrive</c>.</param>
/// <param name="Title">As people write it, e.g. Google Drive.</param>
/// <param name="Category">Of operations that name none of their own.</param>
public sealed record CatalogueTool(string Name, string Title, string Category)
{
    /// <summary>Host and optional path prefix: <c>slack.com/api</c>; <c>*.</c> in front stands for one or more labels.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Other names that functions and callers use for it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Names of it, its own among them or not, that are everyday words (box, drive): a function that bears one is of this tool only if what is left of its name is a listed operation.</summary>
    public IReadOnlyList<string> EverydayNames { get; init; } = [];

    public IReadOnlyList<CatalogueOperation> Operations { get; init; } = [];

    /// <summary>Paths that take GraphQL; the operation is then the first field.</summary>
    public IReadOnlyList<string> GraphQlPaths { get; init; } = [];

    internal IReadOnlyList<AttributeRule> Attributes { get; init; } = [];

    internal IReadOnlyDictionary<string, CloudService> Services { get; init; } = new Dictionary<string, CloudService>();
}

/// <summary>One thing that can be done with a tool.</summary>
public sealed record CatalogueOperation(string Name, Verb Verb, string Category)
{
    /// <summary>Method and path template, e.g. <c>PUT /repos/{org}/{repo}/collaborators/{principal}</c>, and after a <c>?</c> what the query must have.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Other names: of functions, and as callers give them.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Root fields in the tool's GraphQL schema.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    internal IReadOnlyList<AttributeRule> Attributes { get; init; } = [];
}

/// <summary>A service behind a common domain (AWS): what its unlisted actions count as.</summary>
/// <param name="Category">Category of its operations.</param>
/// <param name="Writes">Verb of actions that change something.</param>
sealed record CloudService(string Category, Verb Writes);
