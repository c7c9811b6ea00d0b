using System.Text;
using Interven.Api.Tests.Running;
using Interven.ApiFrontend.Identity;
using Interven.Contracts.Access;
using Microsoft.AspNetCore.Builder;

namespace Interven.Api.Tests;

/// <summary>One table says what each role may do; the docs show it, and every endpoint names its row.</summary>
[Collection(UsesProduct.Name)]
public class RolesTests(OneProduct one)
{
    const string Start = "<!-- from here on written by the tests, from the table and the running product -->";

    [Fact]
    public async Task The_contract_has_not_changed_in_who_may_do_what()
    {
        var file = Path.Combine(Product.Place("Docs"), "roles.md");
        var text = await File.ReadAllTextAsync(file);
        var wanted = text[..(text.IndexOf(Start, StringComparison.Ordinal) + Start.Length)] + "\n\n" + Tables(await ApiDocument.Of(one.Product));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, wanted);
        Assert.True(await File.ReadAllTextAsync(file) == wanted,
            "docs/roles.md differs from the table of permissions or from the running product's endpoints. Where that is meant, run this test with UPDATE_SNAPSHOTS=1 and check the new file in.");
    }

    [Fact]
    public async Task Every_endpoint_for_people_names_a_permission_of_the_table()
    {
        foreach (var operation in (await ApiDocument.Of(one.Product)).Operations.Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var named = operation.Permission is { } name && Permission.All.Any(permission => permission.Name == name);
            Assert.True(named != operation.IsPublic, $"{operation.Name} needs `{operation.Permission}`");
            // Looking does not need a right to change; changing never comes with a right to look.
            if (operation.Permission is not null)
                Assert.True(operation.Permission.EndsWith(":change", StringComparison.Ordinal) == (operation.Method != HttpMethod.Get), $"{operation.Name} needs `{operation.Permission}`");
        }
    }

    [Fact]
    public async Task An_endpoint_that_names_no_permission_stops_the_start()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/v1/own-door", () => "x");
        app.MapGet("/api/known", () => "x").Needs(Permission.PoliciesRead);
        app.MapGet("/api/everyone", () => "x").ForEveryone();
        app.RefuseUnguardedEndpoints();
        app.MapPost("/api/forgotten", () => "x");
        Assert.Contains("/api/forgotten", Assert.Throws<InvalidOperationException>(app.RefuseUnguardedEndpoints).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_auditor_changes_nothing_but_the_own_account() =>
        Assert.Equal([Permission.AccountChange], Permission.Of(Roles.Auditor).Where(permission => permission.Changes));

    [Fact]
    public void An_admin_may_do_everything_in_the_tenant_and_an_operator_that_and_tenants() =>
        Assert.Equal([Permission.TenantsRead, Permission.TenantsChange], Permission.Of(Roles.Operator).Except(Permission.Of(Roles.Admin)));

    [Fact]
    public void The_table_is_whole()
    {
        var fields = typeof(Permission).GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static);
        Assert.Equal(fields.Select(field => ((Permission)field.GetValue(null)!).Name), Permission.All.Select(permission => permission.Name));
        Assert.Equal(Permission.All.Count, Permission.All.Select(permission => permission.Name).Distinct().Count());
        Assert.All(Permission.All, permission => Assert.Matches("^[a-z_]+:(read|change|export)$", permission.Name));
        Assert.All(Permission.All.Where(permission => permission.Name.EndsWith(":read", StringComparison.Ordinal)),
            read => Assert.Subset(read.Roles.ToHashSet(), Permission.All.SingleOrDefault(change => change.Name == read.Name.Replace(":read", ":change", StringComparison.Ordinal))?.Roles.ToHashSet() ?? []));
    }

    [Fact]
    public async Task A_developer_has_to_do_with_the_own_keys_alone()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (_, foreign) = await tenant.Key();
        var developer = await tenant.Account(Roles.Developer);
        var own = (await developer.Post("/api/keys", new { name = "mine" })).Is(201)["key_id"];
        Assert.Equal([own], (await developer.Get("/api/keys")).Is(200).Json.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("key_id").GetString()));
        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, string, object)>)[
            (HttpMethod.Patch, "/api/keys/{0}", new { name = "x" }), (HttpMethod.Post, "/api/keys/{0}/rotate", new { }), (HttpMethod.Post, "/api/keys/{0}/revoke", new { })])
        {
            var theirs = (await developer.Send(method, string.Format(null, path, foreign), body)).IsProblem(404);
            var nowhere = (await developer.Send(method, string.Format(null, path, "AAAAAAAA"), body)).IsProblem(404);
            Assert.Equal(nowhere.WithoutTrace, theirs.WithoutTrace);
            (await developer.Send(method, string.Format(null, path, own), body)).Is(path.EndsWith("rotate", StringComparison.Ordinal) ? 201 : 200);
        }
        Assert.Equal("active", (await tenant.KeyRow(foreign)).GetProperty("status").GetString());
    }

    static string Tables(ApiDocument document)
    {
        var text = new StringBuilder();
        text.Append("| permission | covers | ").AppendJoin(" | ", Roles.All).Append(" |\n|---|---|").Insert(text.Length, "---|", Roles.All.Count).Append('\n');
        foreach (var permission in Permission.All)
            text.Append(null, $"| `{permission}` | {permission.Covers} | ").AppendJoin(" | ", Roles.All.Select(role => permission.IsOwnOnly(role) ? "own" : permission.Allows(role) ? "yes" : "–")).Append(" |\n");
        text.Append("\n| endpoint | needs |\n|---|---|\n");
        foreach (var operation in document.Operations.Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal))
            .OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Method.Method, StringComparer.Ordinal))
            text.Append(null, $"| `{operation.Name}` | {(operation.Permission is { } name ? $"`{name}`" : "nothing: for everyone")} |\n");
        return text.ToString();
    }
}
