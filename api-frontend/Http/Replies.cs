using System.Text.Json.Serialization.Metadata;
using Interven.ApiFrontend.Errors;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Http;

/// <summary>Turns what a grain replied into an HTTP answer.</summary>
static class Replies
{
    public static Task Write<T>(HttpContext http, Reply<T> reply, JsonTypeInfo<T> shape, int status = 200)
    {
        if (reply.Refusal is { } refusal)
            return Problems.Write(http, refusal);
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(reply.Value!, shape);
    }

    public static Task Write<T>(HttpContext http, T value, JsonTypeInfo<T> shape) => http.Response.WriteAsJsonAsync(value, shape);

    public static Task WriteNothing(HttpContext http, Reply<Done> reply)
    {
        if (reply.Refusal is { } refusal)
            return Problems.Write(http, refusal);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
