using System.Text;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Console.Tests.Running;

/// <summary>Somebody who is let in, and has chosen a password of the own.</summary>
static class Newcomer
{
    /// <summary>The e-mail address.</summary>
    public static async Task<string> Join(Product product, Caller admin, string email, string role, string password)
    {
        var invited = (await admin.Post("/api/users", new { email, role })).Is(201);
        using var person = await Begin(product, email, invited["temporary_password"], password);
        return email;
    }

    /// <summary>Signs in with a temporary password, changes it, and stays signed in.</summary>
    public static async Task<HttpClient> Begin(Product product, string email, string temporary, string password)
    {
        var own = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = product.Http.BaseAddress };
        await Send(own, "/api/auth/login", new { email, password = temporary });
        await Send(own, "/api/auth/password", new { current = temporary, @new = password });
        return own;
    }

    /// <summary>A change, with the antiforgery header once there is one.</summary>
    public static async Task Send(HttpClient person, string path, object body)
    {
        using var answer = await person.PostAsync(path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(cookie => cookie.StartsWith("interven_csrf=", StringComparison.Ordinal)) is { } csrf)
        {
            person.DefaultRequestHeaders.Remove("X-Interven-CSRF");
            person.DefaultRequestHeaders.Add("X-Interven-CSRF", csrf.Split('=', ';')[1]);
        }
    }
}
