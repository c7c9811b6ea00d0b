using System.Text.Encodings.Web;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The API document is checked in: the contract changes on purpose, or not at all.</summary>
[Collection(UsesProduct.Name)]
public class OpenApiTests(OneProduct one)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>No example holds a code of this very half minute.</summary>
    static readonly string[] NeedsAuthenticator = ["/api/auth/totp/confirm", "/api/auth/totp/disable"];

    [Fact]
    public async Task The_contract_has_not_changed_unnoticed()
    {
        var file = Path.Combine(Product.Place("Docs"), "openapi.json");
        var document = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>((await ApiDocument.Of(one.Product)).Text), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, document);
        Assert.True(await File.ReadAllTextAsync(file) == document,
            "The running product's API document differs from docs/openapi.json. Where that is meant, run this test with UPDATE_SNAPSHOTS=1 and check the new file in.");
    }

    [Fact]
    public async Task The_document_speaks_the_words_of_the_wire()
    {
        var document = await ApiDocument.Of(one.Product);
        Assert.DoesNotContain("Interven.Contracts", document.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", document.Text, StringComparison.Ordinal);
        foreach (var operation in document.Operations)
            Assert.Equal(operation.IsPublic, operation.Node.TryGetProperty("security", out var security) && security.GetArrayLength() == 0);
    }

    [Fact]
    public async Task What_is_promised_always_is_required_in_the_document()
    {
        var schemas = JsonSerializer.Deserialize<JsonElement>((await ApiDocument.Of(one.Product)).Text).GetProperty("components").GetProperty("schemas");
        Assert.Equal(["admin_email", "name"], Required(schemas, "CreateTenantRequest"));
        Assert.Equal(["name"], Required(schemas, "MintKeyRequest"));
        Assert.Equal(["detail", "reason", "status", "title", "trace_id", "type"], Required(schemas, "Problem"));
        Assert.Equal(["expires_at", "status"], Required(schemas, "ApprovalStatus"));
        Assert.Equal(["method", "url"], Required(schemas, "ScanRequest"));
    }

    [Fact]
    public async Task Every_request_example_is_accepted()
    {
        var document = await ApiDocument.Of(one.Product);
        foreach (var operation in document.WithBody.Where(operation => !NeedsAuthenticator.Contains(operation.Path)))
        {
            var place = await Place.Of(one.Product, document, operation);
            var answer = await place.CallerOf(operation).Send(operation.Method, place.PathOf(operation), place.ExampleOf(operation));
            Assert.True(answer.Status is 200 or 201, $"{operation.Name}: {answer.Status} {answer.Text}");
            Assert.Contains(operation.Answers, documented => documented.Status == answer.Status);
            if (operation.Path == "/api/policies/validate")
                Assert.True(answer.Json.GetProperty("valid").GetBoolean(), answer.Text);
        }
    }

    [Fact]
    public async Task What_endpoints_answer_has_the_members_that_the_document_promises()
    {
        var document = await ApiDocument.Of(one.Product);
        var root = JsonSerializer.Deserialize<JsonElement>(document.Text);
        foreach (var operation in document.Operations.Where(operation => !operation.IsEndless))
        {
            var place = await Place.Of(one.Product, document, operation);
            var answer = await place.CallerOf(operation).Send(operation.Method, place.PathOf(operation), operation.Example is null ? null : place.ExampleOf(operation));
            var promised = operation.Answers.FirstOrDefault(documented => documented.Status == answer.Status).Answer;
            Assert.True(promised.ValueKind == JsonValueKind.Object, $"{operation.Name} answered an undocumented {answer.Status}: {answer.Text}");
            if (promised.TryGetProperty("content", out var content) && content.EnumerateObject().First().Value.GetProperty("schema").TryGetProperty("$ref", out var name))
            {
                var schemas = root.GetProperty("components").GetProperty("schemas");
                var schema = name.GetString()!.Split('/')[^1];
                foreach (var member in answer.Json.EnumerateObject())
                    Assert.True(schemas.GetProperty(schema).GetProperty("properties").TryGetProperty(member.Name, out _), $"{operation.Name} answered the undocumented member `{member.Name}`");
                foreach (var member in Required(schemas, schema))
                    Assert.True(answer.Has(member), $"{operation.Name} answered without `{member}`");
            }
        }
    }

    static IEnumerable<string> Required(JsonElement schemas, string name) =>
        schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(member => member.GetString()!).Order(StringComparer.Ordinal);
}
