using System.Reflection;

namespace Interven.ApiFrontend.Swagger;

/// <summary>What the OpenAPI document says of an endpoint, written beside its route.</summary>
sealed record TakesBody(Type Shape, string Example);

/// <summary>One answer of an endpoint.</summary>
sealed record GivesAnswer(int Status, Type? Shape, string? Example);

static class EndpointDocs
{
    /// <summary>Puts an endpoint into the document. All handlers look alike to routing, so that a body is never bound, and 415 never hides a better answer.</summary>
    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder endpoint, string area, string summary, string description) =>
        endpoint.WithTags(area).WithSummary(summary).WithDescription(description).WithMetadata(HandlerShape);

    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder endpoint, Type shape, string example) =>
        endpoint.WithMetadata(new TakesBody(shape, example));

    public static IEndpointConventionBuilder Gives(this IEndpointConventionBuilder endpoint, int status, Type? shape = null, string? example = null) =>
        endpoint.WithMetadata(new GivesAnswer(status, shape, example));

    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.WithMetadata(new GivesAnswer(status, typeof(Contracts.Errors.Problem), null));
        return endpoint;
    }

    /// <summary>The API explorer lists only endpoints that name a method.</summary>
    static readonly MethodInfo HandlerShape = ((Func<HttpContext, Task>)Handler).Method;

    static Task Handler(HttpContext http) => Task.CompletedTask;
}
