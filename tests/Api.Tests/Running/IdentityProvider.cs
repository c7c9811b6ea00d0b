using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Interven.Api.Tests.Running;

/// <summary>A real OpenID Connect server on this machine (OpenIddict), whose people are who the test says they are.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    readonly WebApplication server;

    IdentityProvider(string url)
    {
        (Url, Issuer) = (url, url + "/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(Configure);
        server = builder.Build();
        server.UseAuthentication();
    }

    public const string ClientId = "interven", Secret = "a secret between the two";

    public string Url { get; }
    public string Issuer { get; }

    /// <summary>Who is at the browser.</summary>
    public (string Subject, string? Email, bool Verified) Person { get; set; } = ("", null, false);

    public static async Task<IdentityProvider> Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var provider = new IdentityProvider($"http://127.0.0.1:{port}");
        await provider.server.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    void Configure(OpenIddictServerBuilder options)
    {
        options.EnableDegradedMode().SetIssuer(new Uri(Issuer)).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes("email", "profile");
        options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        options.UseAspNetCore().DisableTransportSecurityRequirement();
        options.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/callback", StringComparison.Ordinal) != true)
                context.Reject("invalid_client");
            return default;
        }));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.Request.ClientId != ClientId || context.Request.ClientSecret != Secret)
                context.Reject("invalid_client");
            return default;
        }));
        options.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var identity = new ClaimsIdentity("people");
            identity.AddClaim(new Claim("sub", Person.Subject));
            if (Person.Email is { } email)
                identity.SetClaim("email", email).SetClaim("email_verified", Person.Verified);
            identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
            context.Principal = new ClaimsPrincipal(identity);
            context.Principal.SetScopes(context.Request.GetScopes());
            return default;
        }));
    }
}
