using System.ComponentModel.DataAnnotations;

namespace Interven.Contracts.Tools;

/// <summary>A tool of the tenant's own, or more hosts for one of the catalogue.</summary>
/// <param name="Name">snake_case. A name of the catalogue adds hosts to that tool; <c>custom_proxy</c> gives operations to addresses that stay custom.</param>
/// <param name="Title">As people write it; default: the name.</param>
/// <param name="Hosts">E.g. <c>pay.example.com/v1</c>, <c>*.example.com</c>, <c>tool://runtime</c>. Hosts of the catalogue cannot be taken over.</param>
/// <param name="Operations">At most 2,000 of all tools together.</param>
public sealed record ToolRequest([property: Required] string? Name, string? Title = null, IReadOnlyList<string>? Hosts = null, IReadOnlyList<ToolOperation>? Operations = null);

/// <summary>One thing that can be done with a tool.</summary>
/// <param name="Name">snake_case, as policies match it.</param>
/// <param name="Verb">READ, WRITE or ADMIN.</param>
/// <param name="Category">E.g. <c>payments</c>; default <c>custom</c>.</param>
/// <param name="Routes">Method and path template: <c>POST /v1/payouts/{id}</c>.</param>
/// <param name="Names">Other names that functions use for it.</param>
public sealed record ToolOperation(
    [property: Required] string? Name, [property: Required] string? Verb, string? Category = null, IReadOnlyList<string>? Routes = null, IReadOnlyList<string>? Names = null);

/// <summary>A tool that calls are recognised as.</summary>
/// <param name="ToolId">Of the tenant's own; null for the catalogue's.</param>
/// <param name="Source"><c>catalogue</c> or <c>own</c>.</param>
public sealed record ToolRow(Guid? ToolId, string Name, string Title, string Category, string Source, IReadOnlyList<string> Hosts, IReadOnlyList<ToolOperation> Operations);
