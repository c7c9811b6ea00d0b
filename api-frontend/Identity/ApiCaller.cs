using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Identity;

/// <summary>Who calls <c>/api</c>: the bootstrap token or a service account, as a bearer. Every route names the roles that it lets in.</summary>
static class ApiCaller
{
    const string Item = "interven.principal";

    public static TBuilder For<TBuilder>(this TBuilder builder, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        builder.Guard(principal => roles.Contains(principal.Role), string.Join(", ", roles));

    public static TBuilder ForOperator<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.Guard(principal => principal.IsOperator, "operator");

    /// <summary>The caller that the guard has let in.</summary>
    public static Principal Of(HttpContext http) => (Principal)http.Items[Item]!;

    public static Actor ActorOf(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new(Of(http).Kind, Of(http).Id, ClientAddress.Of(http), agent.Length > 300 ? agent[..300] : agent);
    }

    public static ITenantGrain TenantOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(GrainKeys.Tenant(Of(http).Tenant));

    static TBuilder Guard<TBuilder>(this TBuilder builder, Func<Principal, bool> allows, string roles) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new RequiredRoles(roles));
        builder.Add(endpoint =>
        {
            var inner = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async http =>
            {
                var reply = await Authenticate(http);
                if (reply.Refusal is { } refusal)
                    await Problems.Write(http, refusal);
                else if (!allows(reply.Value!))
                    await Problems.Write(http, 403, ReasonCodes.Forbidden, $"This needs one of the roles: {roles}.");
                else
                {
                    http.Items[Item] = reply.Value;
                    await inner(http);
                }
            };
        });
        return builder;
    }

    static async Task<Reply<Principal>> Authenticate(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } value] || !value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return new Refusal(401, ReasonCodes.InvalidKey, "Sign in: Authorization: Bearer with the admin token.");
        return await http.RequestServices.GetRequiredService<IGrainFactory>()
            .GetGrain<IOperatorGrain>(GrainKeys.Singleton).Authenticate(value[7..].Trim(), ClientAddress.Of(http));
    }
}

/// <summary>The roles that an endpoint lets in, for the docs and the route matrix.</summary>
sealed record RequiredRoles(string Names);
