using System.Text.Encodings.Web;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>The API document is checked in: the contract changes on purpose, or not at all.</summary>
[Collection(UsesProduct.Name)]
public class OpenApiTests(OneProduct one)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
    public async Task Every_request_example_is_accepted()
    {
        var document = await ApiDocument.Of(one.Product);
        foreach (var operation in document.WithBody)
        {
            var place = await Place.Of(one.Product, document);
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
        foreach (var operation in document.Operations)
        {
            var place = await Place.Of(one.Product, document);
            var answer = await place.CallerOf(operation).Send(operation.Method, place.PathOf(operation), operation.Example is null ? null : place.ExampleOf(operation));
            var promised = operation.Answers.FirstOrDefault(documented => documented.Status == answer.Status).Answer;
            Assert.True(promised.ValueKind == JsonValueKind.Object, $"{operation.Name} answered an undocumented {answer.Status}: {answer.Text}");
            if (promised.TryGetProperty("content", out var content) && content.EnumerateObject().First().Value.GetProperty("schema").TryGetProperty("$ref", out var name))
            {
                var schema = root.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]).GetProperty("properties");
                foreach (var member in answer.Json.EnumerateObject())
                    Assert.True(schema.TryGetProperty(member.Name, out _), $"{operation.Name} answered the undocumented member `{member.Name}`");
            }
        }
    }
}
