namespace Interven.Engine.Normalising.Catalogue;

/// <summary>A named place of a path template that fills a resource attribute. <c>{project}</c> is org and repo in one (GitLab).</summary>
enum Capture : byte { Org, Repo, Channel, Region, Account, Principal, Project }

/// <summary>Method, path template and query that lead to one operation.</summary>
sealed record Route(string Method, string? QueryName, string? QueryValue, CatalogueOperation Operation, (int Segment, Capture Capture)[] Captures)
{
    public const string AnyMethod = "ANY";

    public bool Takes(ReadOnlySpan<char> method, ReadOnlySpan<char> query) =>
        (Method == AnyMethod || method.SequenceEqual(Method))
        && (QueryName is null || UrlQuery.TryFind(query, QueryName, out var value) && (QueryValue is null || value.SequenceEqual(QueryValue)));
}
