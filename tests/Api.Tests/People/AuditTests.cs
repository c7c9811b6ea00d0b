using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.People;

/// <summary>No change commits without its audit row: not because each was written so, but because a store that takes no audit rows takes no changes.</summary>
public class AuditTests
{
    /// <summary>What they write is evidence of its own, not a change of the tenant.</summary>
    static readonly string[] Evidence = ["/v1/scan", "/v1/a2a/scan", "/v1/scan/response"];

    [Fact]
    public async Task Where_the_audit_row_fails_nothing_has_changed()
    {
        await using var product = await Product.Start(null, ("INTERVEN_ADMIN_EMAIL", "boss@bank.example"), ("INTERVEN_ADMIN_PASSWORD", "chosen before the start"));
        (await new Browser(product).SignIn("boss@bank.example", "chosen before the start")).Is(200);
        Assert.Null(product.Printed("INTERVEN_ADMIN_PASSWORD"));
        var document = await ApiDocument.Of(product);
        var (wrong, done) = (new List<string>(), 0);
        foreach (var operation in document.Operations.Where(operation => operation.Method != HttpMethod.Get && !Evidence.Contains(operation.Path)))
        {
            var place = await Place.Of(product, document, operation);
            var (caller, path, body) = (place.CallerOf(operation), place.PathOf(operation), operation.Example is null ? null : place.ExampleOf(operation));
            Stored.Run(product, "CREATE TRIGGER no_audit BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is full'); END");
            var before = Stored.Everything(product);
            var answer = await caller.Send(operation.Method, path, body);
            var changed = Changed(product, before);
            Stored.Run(product, "DROP TRIGGER no_audit");
            if (changed.Count > 0)
                wrong.Add($"{operation.Name} answered {answer.Status} and changed {string.Join(", ", changed)}");
            // With the audit log back it is done: the failure was the row's, not the request's.
            var again = await caller.Send(operation.Method, path, body);
            if (again.Status < 300 && answer.Status >= 500)
                done++;
            else if (again.Status < 300 && Changed(product, before).Count > 0)
                wrong.Add($"{operation.Name} answered {answer.Status} without its audit row, and {again.Status} with it");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(done, 15, 500);
    }

    static List<string> Changed(Product product, Dictionary<string, string> before) =>
        [.. Stored.Everything(product).Where(table => before[table.Key] != table.Value).Select(table => table.Key)];
}
