using System.Text.RegularExpressions;
using Interven.Api.Tests.Running;
using Interven.Contracts.Access;

namespace Interven.Api.Tests.People;

/// <summary>Every endpoint of the running product × whoever may come: made from the API document and the table of permissions, so that a new endpoint is in it from its first day.</summary>
[Collection(UsesTrustingProduct.Name)]
public partial class MatrixTests(TrustingProduct one)
{
    /// <summary>No endpoint takes it; who is not let in must not even be told so.</summary>
    const string Malformed = "{";

    [Fact]
    public async Task Each_role_is_let_in_where_the_table_says_so_and_nowhere_else()
    {
        var tenant = await TestTenant.Of(one.Product);
        var wrong = new List<string>();
        var callers = new List<(string Role, Caller Caller)> { (Roles.Operator, one.Product.Operator) };
        foreach (var role in Roles.Given)
            callers.Add((role, await tenant.Account(role)));
        foreach (var operation in await Operations())
            foreach (var (role, caller) in callers)
            {
                var isAllowed = Permission.All.Single(permission => permission.Name == operation.Permission).Allows(role);
                // A stream goes on for as long as somebody listens.
                if (isAllowed && operation.IsEndless)
                    continue;
                var answer = await caller.Send(operation.Method, Path(operation), operation.Method == HttpMethod.Get ? null : Malformed);
                var isRefused = answer.Status == 403 && answer["reason"] == "FORBIDDEN" && answer["detail"].Contains("permission", StringComparison.Ordinal);
                if (isRefused == isAllowed || answer.Status is 401 or >= 500)
                    wrong.Add($"{role}: {operation.Name} (needs {operation.Permission}): {answer.Status} {answer.Text}");
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Who_is_nobody_any_more_or_comes_from_elsewhere_is_let_in_nowhere()
    {
        var tenant = await TestTenant.Of(one.Product);
        var revoked = await tenant.Account(Roles.Admin);
        var account = (await tenant.Admin.Get("/api/service-accounts")).Json.GetProperty("items").EnumerateArray().First(row => row.GetProperty("name").GetString() == "admin machine").GetProperty("id").GetString();
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/service-accounts/{account}", null)).Is(200);
        var elsewhere = await tenant.Account(Roles.Admin, "203.0.113.0/24");
        var removed = await Person.Of(one.Product, tenant, Roles.Admin);
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/users/{removed.Id}", null)).Is(204);
        var agent = await tenant.Machine();
        foreach (var operation in await Operations())
        {
            var body = operation.Method == HttpMethod.Get ? null : Malformed;
            (await one.Product.Nobody.Send(operation.Method, Path(operation), body)).IsProblem(401, "INVALID_KEY");
            (await agent.Send(operation.Method, Path(operation), body)).IsProblem(401, "INVALID_KEY");
            (await revoked.Send(operation.Method, Path(operation), body)).IsProblem(401, "INVALID_KEY");
            (await elsewhere.Send(operation.Method, Path(operation), body)).IsProblem(403, "IP_NOT_ALLOWED");
            (await removed.Browser.Send(operation.Method, Path(operation), body)).IsProblem(401, "SESSION_EXPIRED");
        }
    }

    [Fact]
    public async Task An_auditors_every_change_is_refused_before_its_body_is_read_and_is_in_the_audit_log()
    {
        var tenant = await TestTenant.Of(one.Product);
        var auditor = await Person.Of(one.Product, tenant, Roles.Auditor);
        var changes = (await Operations()).Where(operation => operation.Method != HttpMethod.Get && operation.Permission != Permission.AccountChange.Name).ToList();
        Assert.InRange(changes.Count, 12, 500);
        foreach (var operation in changes)
        {
            // Far too long, and no JSON: neither is looked at.
            (await auditor.Browser.Send(operation.Method, Path(operation), new string('x', 300_000))).IsProblem(403, "FORBIDDEN");
            (await auditor.Browser.Bare(operation.Method, Path(operation), null)).IsProblem(403, "CSRF_REFUSED");
        }
        var noted = Stored.Audit(one.Product).Where(row => row.Actor == auditor.Id.ToString() && row.Action == "access.refused").ToList();
        Assert.Equal(2 * changes.Count, noted.Count);
        foreach (var refused in noted.ToLookup(row => row.Result, row => WithoutConstraints(row.Target["endpoint/".Length..])))
            Assert.Equal(changes.Select(operation => operation.Name).Order(), refused.Order());
    }

    [Fact]
    public async Task What_belongs_to_another_tenant_looks_like_what_is_not_there()
    {
        var document = await ApiDocument.Of(one.Product);
        var theirs = await Place.Of(one.Product, document);
        var ours = await Place.Of(one.Product, document);
        var wrong = new List<string>();
        // An agent's id and an environment's name are labels that every tenant may use; and an agent that was never seen may be suspended.
        foreach (var operation in document.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal) && !operation.IsPublic
            && !operation.Path.Contains("/agents/", StringComparison.Ordinal) && !operation.Path.Contains("/environments/", StringComparison.Ordinal)))
        {
            var (caller, body) = (ours.CallerOf(operation), operation.Example is null ? null : ours.ExampleOf(operation));
            var foreign = theirs.PathOf(operation);
            var (parts, place) = (foreign.Split('/'), Array.FindIndex(operation.Path.Split('/'), part => part.StartsWith('{')));
            parts[place] = Unlike(parts[place]);
            var unknown = string.Join('/', parts);
            var (there, nowhere) = (await caller.Send(operation.Method, foreign, body), await caller.Send(operation.Method, unknown, body));
            if (there.Status != nowhere.Status || there.WithoutTrace != nowhere.WithoutTrace || there.Status is 200 or 201)
                wrong.Add($"{operation.Name}: {there.Status} {there.Text} / {nowhere.Status} {nowhere.Text}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    async Task<List<ApiDocument.Operation>> Operations() =>
        [.. (await ApiDocument.Of(one.Product)).Operations.Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal) && !operation.IsPublic)];

    static string Path(ApiDocument.Operation operation) => AnyParameter().Replace(operation.Path, Guid.CreateVersion7().ToString());

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex AnyParameter();

    /// <summary>Another id of the same kind.</summary>
    static string Unlike(string id) => Guid.TryParse(id, out _) ? Guid.CreateVersion7().ToString() : "AAAAAAAA";

    static string WithoutConstraints(string route) => route.Replace(":guid}", "}", StringComparison.Ordinal);
}
