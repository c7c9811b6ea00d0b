using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Whatever is sent to whichever endpoint: a 4xx that names the fault, and nothing half done.</summary>
[Collection(UsesProduct.Name)]
public class BadInputTests(OneProduct one)
{
    const int Limit = 256 * 1024;

    /// <summary>Fields of any JSON type.</summary>
    static readonly string[] Free = ["body", "payload", "response_body", "description"];

    /// <summary>Bodies that are wrong for every endpoint, made from its own example.</summary>
    static readonly (string Name, Func<string, byte[]> From)[] Bodies =
    [
        ("nothing", _ => []),
        ("white space", _ => "  \r\n"u8.ToArray()),
        ("half of it", example => Utf8(example[..(example.Length / 2)])),
        ("two of it", example => Utf8(example + example)),
        ("text after it", example => Utf8(example + " x")),
        ("a comma too many", example => Utf8(example.TrimEnd()[..^1] + ",}")),
        ("a list", example => Utf8($"[{example}]")),
        ("a string", example => Utf8(JsonSerializer.Serialize(example))),
        ("null", _ => "null"u8.ToArray()),
        ("a number", _ => "42"u8.ToArray()),
        ("an empty object", _ => "{}"u8.ToArray()),
        ("invalid UTF-8", example => [.. Utf8(example.TrimEnd()[..^1]), .. ",\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        ("an overlong slash", example => [.. Utf8(example.TrimEnd()[..^1]), .. ",\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8]),
        ("UTF-16", example => Encoding.Unicode.GetBytes(example)),
        ("NUL", example => Utf8(example + "\0")),
        ("a control character in a string", example => With(example, "\"x\":\"\u0001\"")),
        ("a lone surrogate", example => With(example, "\"x\":\"\\ud83d\"")),
        ("a number beyond all bounds", example => With(example, "\"x\":1e400")),
        ("not a number", example => With(example, "\"x\":NaN")),
        ("a depth of 1,000", example => With(example, "\"x\":" + new string('[', 1000) + new string(']', 1000))),
        ("300 KB", example => With(example, "\"x\":\"" + new string('a', 300_000) + "\"")),
        ("a duplicate key", example => With(example, FirstKey(example, escaped: false) + ":1")),
        ("a duplicate key, escaped", example => With(example, FirstKey(example, escaped: true) + ":1")),
    ];

    /// <summary>Taken by design: an object without required fields.</summary>
    static readonly string[] TakesEmpty = ["PATCH /api/keys/{id}", "POST /api/keys/{id}/rotate", "POST /v1/keys/ephemeral", "POST /api/approvals/{id}/approve", "POST /api/approvals/{id}/deny",
        "PATCH /api/inbound-routes/{id}", "PATCH /api/settings", "PATCH /api/agents/{id}", "PATCH /api/telemetry/agents/{id}", "PATCH /api/sinks/{id}"];

    /// <summary>Taken by design: no body where every field is optional.</summary>
    static readonly string[] TakesNothing = ["POST /api/approvals/{id}/approve", "POST /api/approvals/{id}/deny"];

    [Fact]
    public async Task Every_endpoint_refuses_every_malformed_body_and_changes_nothing()
    {
        var document = await ApiDocument.Of(one.Product);
        var place = await Place.Of(one.Product, document);
        var before = await place.State();
        var wrong = new List<string>();
        foreach (var operation in document.WithBody)
            foreach (var (name, from) in Bodies)
                if ((name != "an empty object" || !TakesEmpty.Contains(operation.Name)) && (name != "nothing" || !TakesNothing.Contains(operation.Name)))
                    await Check(place, operation, name, from(place.ExampleOf(operation)), wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await place.State());
    }

    [Fact]
    public async Task Every_field_of_the_wrong_type_is_named()
    {
        var document = await ApiDocument.Of(one.Product);
        var place = await Place.Of(one.Product, document);
        var before = await place.State();
        var wrong = new List<string>();
        foreach (var operation in document.WithBody)
            foreach (var field in JsonNode.Parse(operation.Example!)!.AsObject().Select(member => member.Key).Except(Free))
            {
                var body = JsonNode.Parse(place.ExampleOf(operation))!.AsObject();
                body[field] = new JsonObject { ["wrong"] = new JsonArray(1) };
                await Check(place, operation, field, Utf8(body.ToJsonString()), wrong, field);
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await place.State());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_over_long_body_is_refused_with_the_limit(bool chunked)
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        using var content = new ByteArrayContent(With("""{"method":"POST","url":"https://x.example/"}""", "\"x\":\"" + new string('a', 300_000) + "\""));
        (string, string)[] headers = chunked ? [("Transfer-Encoding", "chunked")] : [];
        var answer = (await agent.Post("/v1/scan", content, headers)).IsProblem(413, "PAYLOAD_TOO_LARGE");
        Assert.Contains(Limit.ToString(System.Globalization.CultureInfo.InvariantCulture), answer["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announced_body_that_is_too_long_is_refused_before_it_comes()
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        var (status, text) = await RawHttp.Exchange(one.Product.Port,
            $"POST /v1/scan HTTP/1.1\nHost: x\nAuthorization: Bearer {agent.Token}\nContent-Length: {Limit + 1}\n\n");
        Assert.Equal(413, status);
        Assert.Contains("PAYLOAD_TOO_LARGE", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task The_content_type_does_not_matter(string? type)
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        using var content = new ByteArrayContent("""{"method":"GET","url":"https://x.example/"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type ?? "");
        (await agent.Post("/v1/scan", content)).Decides("ALLOW");
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_taken()
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        const string Start = """{"method":"POST","url":"https://x.example/","body":" """, End = "\"}";
        var body = Start + string.Concat(Enumerable.Repeat("good day ", 40_000))[..(Limit - Start.Length - End.Length)] + End;
        (await agent.Post("/v1/scan", body)).Is(200);
        (await agent.Post("/v1/scan", body + " ")).IsProblem(413);
    }

    [Theory]
    [InlineData("GET", "/v1/approvals/{0}/status")]
    [InlineData("PATCH", "/api/keys/{0}")]
    [InlineData("POST", "/api/keys/{0}/revoke")]
    [InlineData("POST", "/api/keys/{0}/rotate")]
    [InlineData("GET", "/api/policies/{0}")]
    [InlineData("PUT", "/api/policies/{0}")]
    [InlineData("DELETE", "/api/policies/{0}")]
    [InlineData("GET", "/api/policies/{0}/versions")]
    [InlineData("POST", "/api/policies/{0}/restore")]
    [InlineData("PATCH", "/api/users/{0}")]
    [InlineData("POST", "/api/users/{0}/reset")]
    [InlineData("DELETE", "/api/users/{0}")]
    [InlineData("DELETE", "/api/service-accounts/{0}")]
    [InlineData("DELETE", "/api/sessions/{0}")]
    public async Task An_id_that_is_none_is_not_found(string method, string path)
    {
        var document = await ApiDocument.Of(one.Product);
        var operation = document.Operations.Single(operation => operation.Name == $"{method} {path.Replace("{0}", "{id}", StringComparison.Ordinal)}");
        var place = await Place.Of(one.Product, document, operation);
        var body = operation.Example is null ? null : place.ExampleOf(operation);
        foreach (var id in (string[])["0", "x", "%2e%2e%2fkeys", "..%2F..", "%F0%9F%92%A9", "%FF%FE", "' or 1=1 --", new('a', 3000), "{id}", "00000000-0000-0000-0000-000000000000"])
        {
            var answer = await place.CallerOf(operation).Send(operation.Method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id), body);
            Assert.True(answer.Status is 404 or 400 or 405, $"{id}: {answer.Status} {answer.Text}");
            answer.IsProblem(answer.Status);
        }
    }

    [Theory]
    [InlineData("wait=-1")]
    [InlineData("wait=111")]
    [InlineData("wait=1.5")]
    [InlineData("wait=x")]
    [InlineData("wait=99999999999")]
    public async Task A_wait_that_is_none_is_refused(string query)
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        Assert.Equal(["wait"], (await agent.Get($"/v1/approvals/{Guid.CreateVersion7()}/status?{query}")).IsProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task A_policy_is_refused_whole_with_every_problem_by_its_path()
    {
        var tenant = await TestTenant.Of(one.Product);
        var answer = (await tenant.Admin.Post("/api/policies", """
            { "name": "bad", "colour": "red",
              "rules": [ { "action": "MAYBE", "match": { "tool_nam": "slack", "url_patterns": [] } }, { "action": "DENY", "condition": { "body_path_gt": { "path": "$[", "value": 1 } } } ] }
            """)).IsProblem(400, "INVALID_POLICY");
        foreach (var path in (string[])["$.colour", "$.rules[0].action", "$.rules[0].match.tool_nam", "$.rules[0].match.url_patterns", "$.rules[1].condition.body_path_gt.path"])
            Assert.Contains(path, answer.ErrorPaths);
        Assert.DoesNotContain("\"bad\"", (await tenant.Admin.Get("/api/policies")).Text, StringComparison.Ordinal);
    }

    /// <summary>A dry check says so with 200; all others with 4xx.</summary>
    static async Task Check(Place place, ApiDocument.Operation operation, string name, byte[] body, List<string> wrong, string? field = null)
    {
        var answer = await place.CallerOf(operation).Send(operation.Method, place.PathOf(operation), body);
        var paths = "";
        if (answer is { Status: 200 } && operation.Path == "/api/policies/validate")
            paths = answer["valid"] == "False" ? answer["problems"] : "";
        else if (answer.Status is >= 400 and < 500)
            paths = answer.IsProblem(answer.Status).Json.GetProperty("errors").ToString() + (answer.Status == 413 ? answer["detail"] : "");
        if (paths.Length == 0 || field is not null && !paths.Contains("$." + field, StringComparison.Ordinal))
            wrong.Add($"{operation.Name} with {name}: {answer.Status} {answer.Text}");
    }

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] With(string example, string member) => Utf8(example.TrimEnd()[..^1] + ", " + member + "}");

    static string FirstKey(string example, bool escaped)
    {
        var key = JsonNode.Parse(example)!.AsObject().First().Key;
        return escaped ? $"\"\\u{(int)key[0]:x4}{key[1..]}\"" : $"\"{key}\"";
    }
}
