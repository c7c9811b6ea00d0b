using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Identity;

/// <summary>The one place that lets callers into <c>/api</c>, before a byte of the body is read. Every route names the permission that it needs, or that it is for everyone.</summary>
static class Guard
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new RequiredPermission(permission));
        builder.Add(endpoint =>
        {
            var inner = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async http =>
            {
                if (await Enter(http, permission) is { } refusal)
                    await Problems.Write(http, refusal);
                else
                    await inner(http);
            };
        });
        return builder;
    }

    /// <summary>Asks for no credential.</summary>
    public static TBuilder ForEveryone<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Everyone.It);

    /// <summary>Stops the start where an endpoint of <c>/api</c> says nothing of who may call it: forgetting must not open a door.</summary>
    /// <exception cref="InvalidOperationException">Lists every endpoint without a guard.</exception>
    public static void RefuseUnguardedEndpoints(this IEndpointRouteBuilder app)
    {
        var open = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredPermission>() is null && endpoint.Metadata.GetMetadata<Everyone>() is null)
            .Select(endpoint => endpoint.DisplayName).ToList();
        if (open.Count > 0)
            throw new InvalidOperationException("These endpoints say nothing of who may call them (.Needs or .ForEveryone):\n  " + string.Join("\n  ", open));
    }

    static async ValueTask<Refusal?> Enter(HttpContext http, Permission permission)
    {
        var reply = await Authenticate(http);
        if (reply.Refusal is { } refusal)
            return refusal;
        if (!permission.Allows(reply.Value!.Role))
            return new(403, ReasonCodes.Forbidden, $"This needs the permission {permission}, which the caller's role does not have.");
        ApiCaller.Is(http, reply.Value);
        return null;
    }

    static async Task<Reply<Principal>> Authenticate(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } value] || !value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return new Refusal(401, ReasonCodes.InvalidKey, "Sign in: Authorization: Bearer with the admin token.");
        return await http.RequestServices.GetRequiredService<IGrainFactory>()
            .GetGrain<IOperatorGrain>(GrainKeys.Singleton).Authenticate(value[7..].Trim(), ClientAddress.Of(http));
    }
}

/// <summary>What an endpoint needs, for the docs and the route matrix.</summary>
sealed record RequiredPermission(Permission Permission)
{
    public string InWords => $"Needs `{Permission}`: " + string.Join(", ", Permission.Roles.Select(role => Permission.IsOwnOnly(role) ? role + " (own ones)" : role)) + ".";
}

/// <summary>An endpoint of <c>/api</c> that asks for no credential.</summary>
sealed record Everyone
{
    public static readonly Everyone It = new();
}
