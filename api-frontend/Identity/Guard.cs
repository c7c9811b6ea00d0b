using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Identity;

/// <summary>The one place that lets callers into <c>/api</c>, before a byte of the body is read. Every route names the permission that it needs, or that it is for everyone.</summary>
static class Guard
{
    static readonly Refusal NotSignedIn = new(401, ReasonCodes.InvalidKey, "Sign in: a session's cookie, or Authorization: Bearer with the token of a service account.");
    static readonly Refusal MustChange = new(403, ReasonCodes.PasswordChangeRequired, "The password is a temporary one: change it with POST /api/auth/password first.");
    static readonly Refusal OnlyLooks = new(403, ReasonCodes.Forbidden, "This session only looks. Use the service account's token.");

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

    /// <summary>Also for people whose password must be changed first.</summary>
    public static TBuilder AlsoWithTemporaryPassword<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(WithTemporaryPassword.It);

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
        var caller = reply.Value!;
        ApiCaller.Is(http, caller);
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        if (Judge(caller, permission, changes, http.GetEndpoint()?.Metadata.GetMetadata<WithTemporaryPassword>() is not null) is not { } refused)
            return null;
        if (changes)
            await Note(http, caller, refused);
        return refused;
    }

    static Refusal? Judge(Principal caller, Permission permission, bool changes, bool withTemporary) =>
        !permission.Allows(caller.Role) ? new(403, ReasonCodes.Forbidden, $"This needs the permission {permission}, which the caller's role does not have.")
        : caller.MustChangePassword && !withTemporary ? MustChange
        : caller.IsReadOnly && changes ? OnlyLooks
        : null;

    static async Task<Reply<Principal>> Authenticate(HttpContext http)
    {
        if (http.Request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return await LostSilo.Ask(http, tries => SignIn(http, tries).WithToken(value[7..].Trim(), ClientAddress.Of(http)));
        if (SessionCookies.Of(http) is not { } token)
            return NotSignedIn;
        if (Origins.Line(http) is { } plain)
            return plain;
        var reply = await LostSilo.Ask(http, tries => SignIn(http, tries).WithSession(token, ClientAddress.Of(http)));
        if (reply.Refusal is null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && Origins.Change(http, token) is { } crossSite)
        {
            ApiCaller.Is(http, reply.Value!);
            await Note(http, reply.Value!, crossSite);
            return crossSite;
        }
        return reply;
    }

    static Task Note(HttpContext http, Principal caller, Refusal refused) =>
        SignIn(http).NoteRefusal(caller, ApiCaller.ActorOf(http), $"{http.Request.Method} {RouteOf(http)}", refused.Reason);

    static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    static ISignInGrain SignIn(HttpContext http, int tries = 0) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ISignInGrain>(GrainKeys.Any(tries));
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

/// <summary>An endpoint that people with a temporary password may call too.</summary>
sealed record WithTemporaryPassword
{
    public static readonly WithTemporaryPassword It = new();
}
