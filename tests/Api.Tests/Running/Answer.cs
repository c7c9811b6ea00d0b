using System.Text;
using System.Text.Json;

namespace Interven.Api.Tests.Running;

/// <summary>What the product answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Bytes">The body.</param>
/// <param name="Trace">Of the header.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="RetryAfter">Of the header.</param>
/// <param name="Allow">Methods that a 405 names.</param>
public sealed record Answer(int Status, byte[] Bytes, Guid Trace, string? MediaType, TimeSpan? RetryAfter, ICollection<string> Allow)
{
    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    public string Decision => Json.GetProperty("decision").GetString()!;

    public string[] Reasons => [.. Json.GetProperty("reason_codes").EnumerateArray().Select(code => code.GetString()!)];

    public string this[string field] => Json.GetProperty(field).ToString();

    public bool Has(string field) => Json.TryGetProperty(field, out _);

    public Answer Is(int status)
    {
        Assert.True(Status == status, $"{status} expected, but it was {Status}: {Text}");
        return this;
    }

    public Answer Decides(string decision, string? reason = null)
    {
        Is(200);
        Assert.True(Decision == decision, $"{decision} expected: {Text}");
        if (reason is not null)
            Assert.Contains(reason, Reasons);
        return this;
    }

    /// <summary>An error answer has the shape of all errors, and names its reason.</summary>
    public Answer IsProblem(int status, string? reason = null)
    {
        Is(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(["type", "title", "status", "detail", "reason", "trace_id", "errors"], Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(Trace, Json.GetProperty("trace_id").GetGuid());
        Assert.NotEmpty(this["title"]);
        Assert.NotEmpty(this["detail"]);
        Assert.Contains(Contracts.ReasonCodes.All, code => code.Code == this["reason"]);
        if (reason is not null)
            Assert.Equal(reason, this["reason"]);
        return this;
    }

    /// <summary>The paths of the fields at fault.</summary>
    public string[] ErrorPaths => [.. Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()!)];

    /// <summary>The body without what differs from one answer to the next.</summary>
    public string WithoutTrace => Text.Replace(Trace.ToString(), "", StringComparison.Ordinal);
}
