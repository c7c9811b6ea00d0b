using Interven.Contracts;

namespace Interven.Engine.Normalising;

/// <summary>A call as Interven understands it, whatever way the agent wrote it.</summary>
public sealed record ToolCall
{
    /// <summary>HTTP method, upper-case.</summary>
    public required string Method { get; init; }

    /// <summary>Normalised absolute URL: lower-case scheme and host (IDN as punycode), no default port, userinfo or dot segments, percent-encoding of unreserved letters undone.</summary>
    public required string Url { get; init; }

    /// <summary>Scheme of <see cref="Url"/>, e.g. <c>https</c> or <c>tool</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host of <see cref="Url"/> without port; for pseudo-schemes what stands in the host's place.</summary>
    public required string Host { get; init; }

    /// <summary>Tool in the catalogue, a tenant's own tool, or <c>custom_proxy</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>Derived operation, snake_case.</summary>
    public required string Operation { get; init; }

    /// <summary>The operation that the caller gave, where it may count too (rulings: on <c>custom_proxy</c>); null otherwise.</summary>
    public string? GivenOperation { get; init; }

    /// <summary>The call as it is without the tool that the caller claimed; null where no claim replaced one. Rules are asked for both.</summary>
    public ToolCall? Unclaimed { get; init; }

    /// <summary>What answers, records and cards call the operation: the given one comes before what a URL of no known tool tells (spec: tools and operations). Rules match both.</summary>
    public string ShownOperation { get => field ?? Operation; init; }

    public required Verb Verb { get; init; }

    /// <summary>Category of the operation in the catalogue (<c>messaging</c>, <c>iam</c>, <c>payments</c> …), matched by <c>category:x</c>; null for unknown ones.</summary>
    public string? Category { get; init; }

    /// <summary>True where the URL itself maps to a known tool; then nothing that the caller claims counts.</summary>
    public bool UrlIsKnown { get; init; }

    /// <summary>True where the destination lies outside the tenant's internal domains.</summary>
    public bool IsExternal { get; init; }

    public ResourceAttributes Resource { get; init; } = ResourceAttributes.None;
}

/// <summary>What a call touches, as far as URL and body tell.</summary>
public sealed record ResourceAttributes
{
    public static readonly ResourceAttributes None = new();

    public string? Org { get; init; }
    public string? Repo { get; init; }
    public string? Channel { get; init; }
    public string? Region { get; init; }
    public string? Account { get; init; }

    /// <summary>Who receives access or data: e-mail, user or role name.</summary>
    public string? Principal { get; init; }

    /// <summary>True where <see cref="Principal"/> is outside the tenant's internal domains, false where inside; null where that cannot be told.</summary>
    public bool? IsExternalPrincipal { get; init; }

    public IReadOnlyDictionary<string, string>? AwsTags { get; init; }
}
