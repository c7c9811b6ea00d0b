using Interven.Api.Tests.Running;

namespace Interven.Api.Tests.Tenants;

[Collection(UsesProduct.Name)]
public class TenantErasureTests(OneProduct one)
{
    [Fact]
    public async Task A_tenant_is_erased_in_two_steps_by_the_operator_alone()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await agent.Scan(new { text = "hello" })).Is(200);
        var path = $"/api/tenants/{tenant.Id}";
        (await tenant.Admin.Send(HttpMethod.Delete, path, null)).IsProblem(403, "FORBIDDEN");
        var look = (await one.Product.Operator.Send(HttpMethod.Delete, path, null)).Is(200);
        Assert.Equal("confirm", look["status"]);
        Assert.Equal(1, look.Json.GetProperty("rows").GetProperty("decision_records").GetInt64());
        (await agent.Scan(new { text = "still here" })).Is(200);

        var hold = (await tenant.Admin.Post("/api/holds", new { scope = new { agent_id = "held" }, reason = "Case 7" })).Is(201)["hold_id"];
        (await one.Product.Operator.Send(HttpMethod.Delete, $"{path}?confirm={look["confirmation_token"]}", null)).IsProblem(409, "CONFLICT");
        (await tenant.Admin.Send(HttpMethod.Delete, $"/api/holds/{hold}", null)).Is(204);

        var other = await TestTenant.Of(one.Product);
        (await one.Product.Operator.Send(HttpMethod.Delete, $"/api/tenants/{other.Id}?confirm={look["confirmation_token"]}", null)).IsProblem(400);
        (await one.Product.Operator.Send(HttpMethod.Delete, path + "?confirm=00", null)).IsProblem(400);
        var erased = (await one.Product.Operator.Send(HttpMethod.Delete, $"{path}?confirm={look["confirmation_token"]}", null)).Is(200);
        Assert.Equal("erased", erased["status"]);
        Assert.InRange(erased.Json.GetProperty("rows").GetProperty("decision_records").GetInt64(), 2, 10);

        (await agent.Scan(new { text = "gone" })).IsProblem(401, "INVALID_KEY");
        (await tenant.Admin.Get("/api/keys")).IsProblem(401);
        (await one.Product.Operator.Send(HttpMethod.Delete, path, null)).IsProblem(404);
        (await (await other.Agent()).Scan(new { text = "hello" })).Is(200);
        Assert.DoesNotContain(tenant.Id.ToString(), (await one.Product.Operator.Get("/api/tenants")).Text, StringComparison.Ordinal);
    }
}
