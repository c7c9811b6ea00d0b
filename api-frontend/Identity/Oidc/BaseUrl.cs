namespace Interven.ApiFrontend.Identity.Oidc;

/// <summary>How people reach this installation: as configured, since a Host header is whatever the caller writes.</summary>
static class BaseUrl
{
    public static string Of(HttpContext http)
    {
        var configuration = http.RequestServices.GetRequiredService<IConfiguration>();
        return (configuration["INTERVEN_PUBLIC_URL"] ?? configuration["INTERVEN_URL"] ?? "http://127.0.0.1:8080").TrimEnd('/');
    }
}
