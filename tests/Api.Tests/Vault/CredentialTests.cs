using System.Text;
using Interven.Api.Tests.Inbound;
using Interven.Api.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Interven.Api.Tests.Vault;

public sealed class CredentialTests(InboundProduct one) : IClassFixture<InboundProduct>
{
    static readonly (string Type, object Values)[] EachType =
    [
        ("bearer", new { token = "planted-bearer-7261" }),
        ("header_set", new { headers = new Dictionary<string, string> { ["X-Pin"] = "planted-header-7261" } }),
        ("oauth_client_credentials", new { token_url = "https://id.example/token", client_id = "client", client_secret = "planted-oauth-7261" }),
        ("aws_sigv4", new { access_key_id = "AKID", secret_access_key = "planted-aws-7261", region = "eu-west-1", service = "s3", session_token = "planted-session-7261" }),
        ("slack", new { bot_token = "planted-bot-7261", signing_secret = "planted-signing-7261", webhook_url = "https://hooks.example/planted-hook-7261" }),
    ];

    [Fact]
    public async Task No_value_of_any_type_comes_back_or_lies_in_the_clear()
    {
        var tenant = await TestTenant.Of(one.Product);
        var texts = new List<string>();
        foreach (var (type, values) in EachType)
        {
            var made = (await tenant.Admin.Post("/api/credentials", new { name = type, type, values })).Is(201);
            var rotated = (await tenant.Admin.Post($"/api/credentials/{made["credential_id"]}/rotate", new { values })).Is(200);
            texts.AddRange([made.Text, rotated.Text, (await tenant.Admin.Get($"/api/credentials/{made["credential_id"]}")).Is(200).Text]);
            Assert.NotEmpty(made.Json.GetProperty("fields").EnumerateArray());
        }
        texts.Add((await tenant.Admin.Get("/api/credentials")).Is(200).Text);
        texts.Add(one.Product.Output);
        texts.AddRange(Directory.EnumerateFiles(one.Product.Data, "*", SearchOption.AllDirectories).Select(Read));
        Assert.Contains(texts, text => text.Contains("oauth_client_credentials", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains("planted-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ciphertexts_that_were_swapped_or_altered_are_not_injected()
    {
        var tenant = await TestTenant.Of(one.Product);
        var ids = new List<string>();
        foreach (var prefix in (string[])["swap-a", "swap-b"])
        {
            ids.Add(await InboundProduct.Credential(tenant, "bearer", new { token = "secret-of-" + prefix }));
            await one.Route(tenant, prefix, new { credential_id = ids[^1] });
        }
        var token = (await tenant.Agent()).Token;
        using (var database = new SqliteConnection($"Data Source={Path.Combine(one.Product.Data, "interven.db")}"))
        {
            await database.OpenAsync();
            async Task<int> Run(string sql, string id, object? value = null)
            {
                using var command = database.CreateCommand();
                command.CommandText = sql;
                command.Parameters.AddWithValue("$id", Guid.Parse(id).ToString("N"));
                command.Parameters.AddWithValue("$value", value ?? DBNull.Value);
                return await command.ExecuteNonQueryAsync();
            }
            await Run("CREATE TEMP TABLE kept AS SELECT sealed FROM tenant_documents WHERE kind = 'credential' AND id = '" + Guid.Parse(ids[0]).ToString("N") + "'", ids[0]);
            Assert.Equal(1, await Run("UPDATE tenant_documents SET sealed = (SELECT sealed FROM tenant_documents o WHERE o.kind = 'credential' AND o.id = $value) WHERE kind = 'credential' AND id = $id", ids[0], Guid.Parse(ids[1]).ToString("N")));
            Assert.Equal(1, await Run("UPDATE tenant_documents SET sealed = (SELECT sealed FROM kept) WHERE kind = 'credential' AND id = $id", ids[1]));
        }
        var before = one.Upstream.Requests.Count;
        foreach (var prefix in (string[])["swap-a", "swap-b"])
        {
            var answer = await one.Send(HttpMethod.Get, $"/inbound/{prefix}/x", token);
            Assert.Equal(503, answer.Status);
            Assert.Contains("CREDENTIAL_UNAVAILABLE", answer.Body, StringComparison.Ordinal);
        }
        Assert.Equal(before, one.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Every_problem_of_the_values_is_named_and_none_quotes_them()
    {
        var tenant = await TestTenant.Of(one.Product);
        var cases = new (string Type, string Values, string Path)[]
        {
            ("bearer", """{}""", "$.values.token"), ("bearer", """{"token":""}""", "$.values.token"), ("bearer", """{"token":"bad\nvalue"}""", "$.values.token"),
            ("bearer", """{"token":"x","tokens":"planted"}""", "$.values.tokens"), ("bearer", """{"token":7}""", "$.values.token"),
            ("header_set", """{"headers":{}}""", "$.values.headers"), ("header_set", """{"headers":{"Host":"planted"}}""", "$.values.headers.Host"),
            ("header_set", """{"headers":{"X-A":"planted\r\nX-B: 1"}}""", "$.values.headers.X-A"), ("header_set", """{"headers":{"bad name":"planted"}}""", "$.values.headers.bad name"),
            ("header_set", """{"headers":{"X-Interven-Decision":"planted"}}""", "$.values.headers.X-Interven-Decision"),
            ("oauth_client_credentials", """{"token_url":"http://id.example/","client_id":"a"}""", "$.values.client_secret"),
            ("oauth_client_credentials", """{"token_url":"https://169.254.169.254/planted","client_id":"a","client_secret":"b"}""", "$.values.token_url"),
            ("oauth_client_credentials", """{"token_url":"https://id.example/","client_id":"a","client_secret":"b","auth_style":"planted"}""", "$.values.auth_style"),
            ("aws_sigv4", """{"access_key_id":"a","secret_access_key":"b","region":"../planted","service":"s3"}""", "$.values.region"),
            ("slack", """{}""", "$.values"), ("passport", """{}""", "$.type"),
        };
        foreach (var (type, values, path) in cases)
        {
            var answer = (await tenant.Admin.Post("/api/credentials", $$"""{"name":"x","type":"{{type}}","values":{{values}}}""")).IsProblem(400, "INVALID_REQUEST");
            Assert.Contains(path, answer.ErrorPaths);
            Assert.DoesNotContain("planted", answer.Text, StringComparison.Ordinal);
        }
        Assert.Empty((await tenant.Admin.Get("/api/credentials")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_credential_belongs_to_its_tenant_and_its_name_to_one_credential()
    {
        var tenant = await TestTenant.Of(one.Product);
        var other = await TestTenant.Of(one.Product);
        var id = (await tenant.Admin.Post("/api/credentials", new { name = "mine", type = "bearer", values = new { token = "x" } })).Is(201)["credential_id"];
        (await tenant.Admin.Post("/api/credentials", new { name = "mine", type = "bearer", values = new { token = "y" } })).IsProblem(409, "CONFLICT");
        var foreign = (await other.Admin.Get($"/api/credentials/{id}")).IsProblem(404);
        var unknown = (await other.Admin.Get($"/api/credentials/{Guid.CreateVersion7()}")).IsProblem(404);
        Assert.Equal(unknown.WithoutTrace, foreign.WithoutTrace);
        (await other.Admin.Post($"/api/credentials/{id}/rotate", new { values = new { token = "stolen" } })).IsProblem(404);
        (await other.Admin.Post($"/api/credentials/{id}/revoke")).IsProblem(404);
        (await other.Admin.Post("/api/inbound-routes", new { prefix = "thief-route", upstream_url = "https://x.example", credential_id = id })).IsProblem(400);
        Assert.Equal("renamed", (await tenant.Admin.Patch($"/api/credentials/{id}", new { name = "renamed" })).Is(200)["name"]);
        var revoked = (await tenant.Admin.Post($"/api/credentials/{id}/revoke")).Is(200);
        Assert.Equal("revoked", revoked["status"]);
        (await tenant.Admin.Post($"/api/credentials/{id}/rotate", new { values = new { token = "z" } })).IsProblem(409);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/credentials/{id}", null)).Is(204);
        (await tenant.Admin.Get($"/api/credentials/{id}")).IsProblem(404);
    }

    static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
