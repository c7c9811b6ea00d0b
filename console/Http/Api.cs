using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Interven.Console.Sessions;
using Interven.Contracts;
using Interven.Contracts.Errors;

namespace Interven.Console.Http;

/// <summary>The one way to <c>/api</c>: the session's cookie goes along by itself, changes carry the antiforgery header, and every failure becomes a <see cref="Problem"/>.</summary>
sealed class Api(HttpClient http, Browser browser, SessionState session)
{
    public Task<Answer<T>> Get<T>(string path, JsonTypeInfo<T> shape, CancellationToken cancel = default) => Ask(HttpMethod.Get, path, null, shape, cancel);

    public Task<Answer<T>> Post<T>(string path, JsonTypeInfo<T> shape) => Ask(HttpMethod.Post, path, null, shape);

    public Task<Answer<T>> Send<TBody, T>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyShape, JsonTypeInfo<T> shape) =>
        Ask(method, path, JsonContent.Create(body, bodyShape), shape);

    /// <summary>Sends a text as it is: policies are JSON or YAML.</summary>
    public Task<Answer<T>> SendText<T>(HttpMethod method, string path, string text, JsonTypeInfo<T> shape) =>
        Ask(method, path, new StringContent(text, new MediaTypeHeaderValue("application/json", "utf-8")), shape);

    public Task<Answer<Nothing>> Do(HttpMethod method, string path) => Ask<Nothing>(method, path, null, null);

    public Task<Answer<Nothing>> Do<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyShape) =>
        Ask<Nothing>(method, path, JsonContent.Create(body, bodyShape), null);

    async Task<Answer<T>> Ask<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T>? shape, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (method != HttpMethod.Get)
            request.Headers.TryAddWithoutValidation("X-Interven-CSRF", await browser.Cookie("interven_csrf"));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode)
                return new(default, await Refused(response, path));
            return new(shape is null ? (T)(object)Nothing.Value : await response.Content.ReadFromJsonAsync(shape, cancel), null);
        }
        catch (HttpRequestException)
        {
            return new(default, Local("UNREACHABLE", "Interven does not answer", "The browser could not reach the gateway. Check the network, then try again."));
        }
        catch (JsonException)
        {
            return new(default, Local("UNREADABLE", "An answer could not be read", "This page and the gateway are of different versions. Reload the page."));
        }
    }

    async Task<Problem> Refused(HttpResponseMessage response, string path)
    {
        Problem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            problem = await response.Content.ReadFromJsonAsync(ContractJson.Default.Problem);
        if ((int)response.StatusCode == 401 && !path.StartsWith("/api/auth/", StringComparison.Ordinal))
            session.End();
        return problem ?? Local("UNEXPECTED", "Interven could not answer", $"The gateway answered {(int)response.StatusCode}. Try again; if it stays so, look at its logs.");
    }

    static Problem Local(string reason, string title, string detail) => new("about:blank", title, 0, detail, reason, "");
}
