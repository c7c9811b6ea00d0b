using System.Reflection;

namespace Interven.ApiFrontend.Swagger;

/// <summary>What the OpenAPI document says of an endpoint, written beside its route.</summary>
sealed record TakesBody(Type Shape, string Example);

/// <summary>One answer of an endpoint; with a media type it is a text or a file, without it JSON.</summary>
sealed record GivesAnswer(int Status, Type? Shape, string? Example, string? MediaType = null);

/// <summary>A parameter in the query or a header; path parameters are read from the route.</summary>
sealed record TakesParameter(string In, string Name, string Description, bool IsWhole);

static class EndpointDocs
{
    /// <summary>Puts an endpoint into the document. All handlers look alike to routing, so that a body is never bound, and 415 never hides a better answer.</summary>
    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder endpoint, string area, string summary, string description) =>
        endpoint.WithTags(area).WithSummary(summary).WithDescription(description).WithMetadata(HandlerShape);

    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder endpoint, Type shape, string example) =>
        endpoint.WithMetadata(new TakesBody(shape, example));

    public static IEndpointConventionBuilder TakesQuery(this IEndpointConventionBuilder endpoint, string name, string description, bool isWhole = false) =>
        endpoint.WithMetadata(new TakesParameter("query", name, description, isWhole));

    public static IEndpointConventionBuilder TakesHeader(this IEndpointConventionBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new TakesParameter("header", name, description, false));

    public static IEndpointConventionBuilder Gives(this IEndpointConventionBuilder endpoint, int status, Type? shape = null, string? example = null) =>
        endpoint.WithMetadata(new GivesAnswer(status, shape, example));

    /// <summary>An answer that is no JSON document: a stream of events, or a file.</summary>
    public static IEndpointConventionBuilder GivesStream(this IEndpointConventionBuilder endpoint, string mediaType) =>
        endpoint.WithMetadata(new GivesAnswer(200, null, null, mediaType));

    /// <summary>Every endpoint may find a part of Interven out.</summary>
    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder endpoint, params int[] statuses) => endpoint.RefusesOnly([.. statuses.Union([503])]);

    /// <summary>For an endpoint whose answer to an outage is a decision.</summary>
    public static IEndpointConventionBuilder RefusesOnly(this IEndpointConventionBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.WithMetadata(new GivesAnswer(status, typeof(Contracts.Errors.Problem), null));
        return endpoint;
    }

    /// <summary>The API explorer lists only endpoints that name a method.</summary>
    static readonly MethodInfo HandlerShape = ((Func<HttpContext, Task>)Handler).Method;

    static Task Handler(HttpContext http) => Task.CompletedTask;
}
