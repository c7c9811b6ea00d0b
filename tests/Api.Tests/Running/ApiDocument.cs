using System.Text.Json;

namespace Interven.Api.Tests.Running;

/// <summary>The running product's OpenAPI document: what the tests go through, so that a new endpoint is tested from its first day.</summary>
sealed record ApiDocument(string Text)
{
    static readonly string[] Public = ["/health/live", "/health/serving", "/health/ready", "/version", "/api/reason-codes", "/api/auth/login", "/api/auth/providers", "/api/auth/oidc/{provider}", "/api/auth/oidc/{provider}/callback"];
    static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public static async Task<ApiDocument> Of(Product product) => new((await product.Nobody.Get("/swagger/v1/swagger.json")).Is(200).Text);

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in JsonSerializer.Deserialize<JsonElement>(Text).GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where Methods.Contains(operation.Name)
           select new Operation(new(operation.Name.ToUpperInvariant()), path.Name, operation.Value),
    ];

    public IEnumerable<Operation> WithBody => Operations.Where(operation => operation.Example is not null);

    /// <summary>One endpoint.</summary>
    public sealed record Operation(HttpMethod Method, string Path, JsonElement Node)
    {
        public bool IsPublic => Public.Contains(Path);

        /// <summary>What the caller's role must have; null on public endpoints and under /v1.</summary>
        public string? Permission => Node.TryGetProperty("x-permission", out var name) ? name.GetString() : null;

        public string Name => $"{Method} {Path}";

        public string? Example => Node.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText()
            : null;

        /// <summary>Its answer has no end: events for as long as somebody listens.</summary>
        public bool IsEndless => Answers.Any(answer => answer.Answer.TryGetProperty("content", out var content) && content.TryGetProperty("text/event-stream", out _));

        public IEnumerable<(int Status, JsonElement Answer)> Answers => Node.GetProperty("responses").EnumerateObject()
            .Select(answer => (int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture), answer.Value));
    }
}
