using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.GrainInterfaces.Tenants;

namespace Interven.ApiFrontend.Scanning;

/// <summary>An agent or machine that came in with an API key, on the <c>/v1</c> endpoints beside the scan itself.</summary>
sealed record KeyCaller(Admission Admission, string Token, Actor Actor);

static class KeyCallers
{
    /// <summary>The caller, or null after the refusal has been written.</summary>
    public static async ValueTask<KeyCaller?> EnterWithKey(this HttpContext http, string scope)
    {
        var entry = await http.RequestServices.GetRequiredService<Door>().Enter(http, scope, again: true);
        if (entry.Refusal is null)
            return new(entry.Admission!, entry.Token, new("api_key", entry.Admission!.KeyId, ClientAddress.Of(http)));
        await Problems.Write(http, entry.Refusal);
        return null;
    }

    public static ITenantGrain TenantGrain(this HttpContext http, KeyCaller caller) =>
        http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(GrainKeys.Tenant(caller.Admission.Tenant));
}
