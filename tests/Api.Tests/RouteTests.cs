using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Every endpoint of the running product's API document, and what is none.</summary>
[Collection(UsesProduct.Name)]
public class RouteTests(OneProduct one)
{
    static readonly HttpMethod[] AllMethods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    [Fact]
    public async Task An_endpoint_is_public_or_asks_for_a_credential_first()
    {
        var document = await ApiDocument.Of(one.Product);
        Assert.InRange(document.Operations.Count, 28, 500);
        foreach (var operation in document.Operations)
        {
            var path = operation.Path.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{trace_id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
            foreach (var nobody in (Caller[])[one.Product.Nobody, new(one.Product.Http, "nonsense"), new(one.Product.Http, ""), new(one.Product.Http, new string('a', 5000))])
            {
                // Not even a malformed body is answered before the credential.
                var answer = await nobody.Send(operation.Method, path, operation.Method == HttpMethod.Get ? null : "{");
                if (operation.Path.Contains("{provider}", StringComparison.Ordinal))
                    Assert.Contains(answer.IsProblem(answer.Status).Status, (int[])[403, 404]);
                else if (operation.IsPublic && operation.Method == HttpMethod.Get)
                    answer.Is(200);
                else if (operation.IsPublic)
                    answer.IsProblem(400, "INVALID_REQUEST");
                else
                    answer.IsProblem(401, "INVALID_KEY");
            }
        }
    }

    [Fact]
    public async Task The_credential_of_one_side_opens_nothing_on_the_other()
    {
        var document = await ApiDocument.Of(one.Product);
        var place = await Place.Of(one.Product, document);
        foreach (var operation in document.Operations.Where(operation => !operation.IsPublic))
        {
            var wrong = operation.Path.StartsWith("/v1/", StringComparison.Ordinal) ? place.Tenant.Admin : place.Machine;
            (await wrong.Send(operation.Method, place.PathOf(operation), operation.Example)).IsProblem(401, "INVALID_KEY");
        }
    }

    [Fact]
    public async Task Every_endpoint_is_described_with_its_errors()
    {
        foreach (var operation in (await ApiDocument.Of(one.Product)).Operations)
        {
            Assert.NotEmpty(operation.Node.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.Node.GetProperty("description").GetString()!);
            Assert.NotEmpty(operation.Node.GetProperty("tags").EnumerateArray());
            var answers = operation.Answers.ToList();
            Assert.Contains(answers, answer => answer.Status is 200 or 201 or 204 or 302);
            foreach (var (status, answer) in answers.Where(answer => answer.Status >= 400 && !operation.IsPublic))
                Assert.Equal("#/components/schemas/Problem", answer.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
            if (!operation.IsPublic)
                Assert.Empty(new[] { 401, 403 }.Except(answers.Select(answer => answer.Status)));
            if (operation.Example is not null)
                Assert.Contains(answers, answer => answer.Status == 413);
            if (operation.Path.Contains('{', StringComparison.Ordinal))
                Assert.Equal(operation.Path.Count(c => c == '{'), operation.Node.GetProperty("parameters").EnumerateArray().Count(parameter => parameter.GetProperty("in").GetString() == "path"));
        }
    }

    [Fact]
    public async Task A_method_that_an_endpoint_does_not_take_is_a_405_that_names_those_it_does()
    {
        foreach (var path in (await ApiDocument.Of(one.Product)).Operations.GroupBy(operation => operation.Path))
        {
            var concrete = path.Key.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{trace_id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
            foreach (var method in AllMethods.Except(path.Select(operation => operation.Method)))
            {
                var answer = await one.Product.Operator.Send(method, concrete, null);
                Assert.True(answer.Status == 405, $"{method} {concrete}: {answer.Status}");
                answer.IsProblem(405);
                Assert.Equal(path.Select(operation => operation.Method.Method).Where(one => one != "GET").Order(), answer.Allow.Except(["GET", "HEAD"]).Order());
            }
        }
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/v1")]
    [InlineData("/v1/scans")]
    [InlineData("/api/nothing")]
    [InlineData("/V1/SCAN/x")]
    [InlineData("/swagger/v2/swagger.json")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task What_is_no_endpoint_is_a_404_in_the_shape_of_all_errors(string path) =>
        (await one.Product.Operator.Get(path)).IsProblem(404, "NOT_FOUND");

    [Fact]
    public async Task Pages_and_probes_carry_a_trace_id_too()
    {
        foreach (var path in (string[])["/swagger/index.html", "/swagger/v1/swagger.json", "/metrics", "/health/live", "/health/ready", "/version"])
            (await one.Product.Nobody.Get(path)).Is(200);
    }

    [Fact]
    public async Task A_request_that_is_not_HTTP_is_no_fault()
    {
        foreach (var request in (string[])["GET / HTTP/9.9\n\n", "POST /v1/scan HTTP/1.1\nHost: x\nContent-Length: -1\n\n", "\0\0\0\0\n\n"])
            Assert.InRange((await RawHttp.Exchange(one.Product.Port, request)).Status, 400, 505);
        (await one.Product.Nobody.Get("/health/ready")).Is(200);
    }

    [Fact]
    public async Task Every_reason_code_has_a_meaning()
    {
        var codes = (await one.Product.Nobody.Get("/api/reason-codes")).Is(200).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.InRange(codes.Count, 30, 200);
        Assert.All(codes, code => Assert.NotEmpty(code.GetProperty("meaning").GetString()!));
        Assert.All(codes, code => Assert.Contains(code.GetProperty("kind").GetString(), (string?[])["decision", "error"]));
        Assert.Equal(codes.Count, codes.Select(code => code.GetProperty("code").GetString()).Distinct().Count());
    }
}
