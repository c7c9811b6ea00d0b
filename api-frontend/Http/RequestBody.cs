using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Interven.ApiFrontend.Errors;
using Interven.Contracts;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Http;

/// <summary>Reads bodies up to the limit, and not a byte more.</summary>
static class RequestBody
{
    /// <summary>The bytes, or the refusal to answer with.</summary>
    public static async ValueTask<(byte[] Bytes, Refusal? Refusal)> Read(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
            return ([], TooLarge(limit));
        var reader = http.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(http.RequestAborted);
            }
            catch (BadHttpRequestException broken)
            {
                http.Response.Headers.Connection = "close";
                return ([], new(broken.StatusCode, ReasonCodes.InvalidRequest, broken.StatusCode == 408 ? "The body did not come in time." : "The body could not be read."));
            }
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                http.Response.Headers.Connection = "close";
                return ([], TooLarge(limit));
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return (bytes, null);
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>A small JSON body as a contract type; null after the refusal has been written.</summary>
    /// <param name="http">The request.</param>
    /// <param name="shape">The contract type.</param>
    /// <param name="whenEmpty">What no body at all stands for; null refuses it.</param>
    public static async ValueTask<T?> Read<T>(HttpContext http, JsonTypeInfo<T> shape, T? whenEmpty = null) where T : class
    {
        var (bytes, refusal) = await Read(http, http.RequestServices.GetRequiredService<FrontEndOptions>().MaxBodyBytes);
        if (refusal is null && bytes.Length == 0 && whenEmpty is not null)
            return whenEmpty;
        if (refusal is null && bytes.Length == 0)
            refusal = Problems.Invalid("$", "A JSON object is required.");
        if (refusal is null && StrictJson.Fault(bytes) is { } fault)
            refusal = Problems.Invalid(fault.Path, fault.Message);
        if (refusal is null)
            try
            {
                if (JsonSerializer.Deserialize(bytes, shape) is { } value)
                    return value;
                refusal = Problems.Invalid("$", "A JSON object is required.");
            }
            catch (JsonException e)
            {
                refusal = Problems.Invalid(e.Path ?? "$", "The value has the wrong type, or a member that is not known here.");
            }
        await Problems.Write(http, refusal);
        return null;
    }

    static Refusal TooLarge(int limit) => new(413, ReasonCodes.PayloadTooLarge, $"The body is larger than the limit of {limit} bytes.");
}
