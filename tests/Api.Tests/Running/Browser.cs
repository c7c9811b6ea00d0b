using System.Net;

namespace Interven.Api.Tests.Running;

/// <summary>Somebody with a cookie jar: a person in a browser, or curl with -c and -b.</summary>
public sealed class Browser : IDisposable
{
    readonly CookieContainer jar = new();
    readonly HttpClient http;
    readonly Caller caller;

    /// <param name="product">Whose pages.</param>
    /// <param name="address">Seems to come from there, over https, where the product trusts the proxy on this machine; null: from here, as it is.</param>
    public Browser(Product product, string? address = null)
    {
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = new($"http://127.0.0.1:{product.Port}") };
        if (address is not null)
            http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        if (address is not null)
            http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Page = address is null ? http.BaseAddress : new($"https://127.0.0.1:{product.Port}");
        caller = new(http, null);
    }

    Uri Page { get; }

    public string? Cookie(string name) => jar.GetCookies(Page)[name]?.Value;

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>With the header that our own pages send.</summary>
    public Task<Answer> Send(HttpMethod method, string path, object? body) =>
        Cookie("interven_csrf") is { } csrf ? Bare(method, path, body, ("X-Interven-CSRF", csrf)) : Bare(method, path, body);

    /// <summary>With these headers alone.</summary>
    public Task<Answer> Bare(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        // Secure cookies go over the line that stands for https here.
        if (Page.Scheme == "https")
            headers = [.. headers, ("Cookie", string.Join("; ", jar.GetCookies(Page).Select(cookie => $"{cookie.Name}={cookie.Value}")))];
        return caller.Send(method, path, body, headers);
    }

    public Task<Answer> SignIn(string email, string password, string? totp = null) => Post("/api/auth/login", new { email, password, totp });

    public void Dispose() => http.Dispose();
}
