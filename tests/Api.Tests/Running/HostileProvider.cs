using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Interven.Api.Tests.Running;

/// <summary>An identity provider that answers whatever the test wants: what a broken or hostile one would.</summary>
public sealed class HostileProvider : IAsyncDisposable
{
    readonly WebApplication server;
    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" }, strange = new(RSA.Create(2048)) { KeyId = "two" };

    HostileProvider(string url)
    {
        Url = url;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(http => http.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => Json(http, new
            {
                issuer = Url, authorization_endpoint = Url + "/authorize", token_endpoint = Url + "/token", jwks_uri = Url + "/keys", response_types_supported = new[] { "code" },
                subject_types_supported = new[] { "public" }, id_token_signing_alg_values_supported = new[] { "RS256" },
            }),
            "/keys" => Json(http, new { keys = new[] { new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64(key, p => p.Modulus), e = Base64(key, p => p.Exponent) } } }),
            "/token" => Json(http, new { access_token = "x", token_type = "Bearer", id_token = Token() }),
            _ => Json(http, new { }),
        });
    }

    public string Url { get; }
    public string Subject { get; set; } = "hostile";
    public string Email { get; set; } = "";
    public string Nonce { get; set; } = "";

    /// <summary>What is wrong with the token; empty: nothing.</summary>
    public string Fault { get; set; } = "";

    public static async Task<HostileProvider> Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var provider = new HostileProvider($"http://127.0.0.1:{port}");
        await provider.server.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    string Token()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var credentials = Fault switch
        {
            "strange key" => new SigningCredentials(strange, "RS256"),
            // The public key taken for a shared secret.
            "public key as secret" => new SigningCredentials(new SymmetricSecurityKey(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId }, "HS256"),
            "unsigned" => null,
            _ => new SigningCredentials(key, "RS256"),
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Fault == "other issuer" ? "https://accounts.google.com" : Url,
            Audience = Fault == "other audience" ? "another-client" : "interven",
            Expires = Fault == "without end" ? null : Fault == "expired" ? now.AddMinutes(-5) : now.AddMinutes(5), IssuedAt = now,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = Fault == "without subject" ? "" : Subject, ["email"] = Email, ["email_verified"] = Fault != "unverified address", ["nonce"] = Fault == "other nonce" ? "another" : Nonce,
            },
            SigningCredentials = credentials,
        });
    }

    static string Base64(RsaSecurityKey key, Func<RSAParameters, byte[]?> part) => Base64UrlEncoder.Encode(part(key.Rsa.ExportParameters(false)));

    static Task Json(HttpContext http, object value)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(value));
    }
}
