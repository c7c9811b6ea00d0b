using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>A reviewer approves another body than the one that was proposed.</summary>
[Collection(UsesProduct.Name)]
public class EditTests(OneProduct one)
{
    const string Pay = "https://pay.example/v1/transfer-funds";

    [Fact]
    public async Task Whoever_waits_gets_the_edited_body_and_a_record_of_what_really_goes_out()
    {
        var (tenant, agent) = await Asking();
        var waiting = agent.Post("/v1/scan", new { method = "POST", url = Pay, body = new { to = "ACME", amount = 25000 }, wait_ms = 60_000 });
        var id = await Pending(tenant);
        var approved = (await tenant.Admin.Post($"/api/approvals/{id}/approve", new { note = "half of it", body = new { to = "ACME", amount = 12500 } })).Is(200);
        Assert.Equal(("approved", "EDITED_BY_REVIEWER", "True"), (approved["status"], approved["reason"], approved["edited"]));
        var released = (await waiting).Decides("SANITIZE", "EDITED_BY_REVIEWER");
        Assert.Equal("APPROVED_BY_REVIEWER", released.Reasons[0]);
        Assert.Equal("""{"to":"ACME","amount":12500}""", released["sanitized_body"]);
        var edit = (await tenant.Admin.Get("/api/approvals/" + id)).Is(200).Json.GetProperty("review");
        Assert.Equal(25000, edit.GetProperty("body").GetProperty("amount").GetInt32());
        Assert.Equal(12500, edit.GetProperty("edit").GetProperty("approved").GetProperty("amount").GetInt32());
        Assert.Equal(12500, edit.GetProperty("edit").GetProperty("effective").GetProperty("amount").GetInt32());
    }

    [Fact]
    public async Task Redeeming_and_asking_again_give_the_edited_body_too_and_once()
    {
        var (tenant, agent) = await Asking();
        var first = (await agent.Scan(new { to = "ACME", amount = 25000 }, Pay)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{first["approval_id"]}/approve", new { body = new { to = "ACME", amount = 11000 } })).Is(200);
        Assert.Equal("EDITED_BY_REVIEWER", (await agent.Get($"/v1/approvals/{first["approval_id"]}/status")).Is(200)["reason"]);
        var redeemed = (await agent.Post($"/v1/approvals/{first["approval_id"]}/redeem")).Is(200);
        Assert.Equal(("SANITIZE", """{"to":"ACME","amount":11000}"""), (redeemed["decision"], redeemed["sanitized_body"]));
        (await agent.Post($"/v1/approvals/{first["approval_id"]}/redeem")).IsProblem(409, "ALREADY_REDEEMED");

        var second = (await agent.Scan(new { to = "ACME", amount = 26000 }, Pay)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{second["approval_id"]}/approve", new { body = new { to = "ACME", amount = 5 } })).Is(200);
        var again = (await agent.Scan(new { to = "ACME", amount = 26000 }, Pay)).Decides("SANITIZE", "RECENT_APPROVAL_GRANT");
        Assert.Equal("""{"to":"ACME","amount":5}""", again["sanitized_body"]);
        (await agent.Scan(new { to = "ACME", amount = 26000 }, Pay)).Decides("REQUIRE_APPROVAL");
    }

    [Fact]
    public async Task What_the_rules_deny_cannot_be_edited_in()
    {
        var (tenant, agent) = await Asking();
        (await tenant.Admin.Post("/api/policies", """{"name":"never Mallory","rules":[{"match":{},"condition":{"body_contains_any":["mallory"]},"action":"DENY","reason_code":"BAD_VENDOR"}]}""")).Is(200);
        var asked = (await agent.Scan(new { to = "ACME", amount = 25000 }, Pay)).Decides("REQUIRE_APPROVAL");
        var path = $"/api/approvals/{asked["approval_id"]}/approve";
        var refused = (await tenant.Admin.Post(path, new { body = new { to = "Mallory", amount = 25000 } })).IsProblem(422, "EDIT_REFUSED");
        Assert.Contains("BAD_VENDOR", refused["errors"], StringComparison.Ordinal);
        Assert.Equal("pending", (await tenant.Admin.Get("/api/approvals/" + asked["approval_id"])).Is(200)["status"]);
        Assert.Equal("approved", (await tenant.Admin.Post(path)).Is(200)["status"]);
    }

    [Fact]
    public async Task What_the_rules_sanitise_is_taken_out_of_an_edit()
    {
        var (tenant, agent) = await Asking();
        (await tenant.Admin.Post("/api/policies", """{"name":"no cards","rules":[{"match":{"operations":["transfer_funds"]},"condition":{"has_data_class":["PCI"]},"action":"SANITIZE"}]}""")).Is(200);
        var asked = (await agent.Scan(new { to = "ACME", amount = 25000 }, Pay)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{asked["approval_id"]}/approve", new { body = new { to = "ACME", amount = 25000, memo = "card 4539148803436467" } })).Is(200);
        var redeemed = (await agent.Post($"/v1/approvals/{asked["approval_id"]}/redeem")).Is(200);
        Assert.Equal("card [REDACTED:CREDIT_CARD]", redeemed.Json.GetProperty("sanitized_body").GetProperty("memo").GetString());
        var seen = (await tenant.Admin.Get("/api/approvals/" + asked["approval_id"])).Is(200);
        Assert.DoesNotContain("4539148803436467", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hand_over_is_edited_as_reviewers_see_it_and_stays_with_its_agent()
    {
        var (tenant, agent) = await Asking();
        (await tenant.Admin.Post("/api/policies", """{"name":"hand-overs","rules":[{"match":{"operations":["delegate"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        var asked = (await agent.Post("/v1/a2a/scan", new { from_agent_id = "planner", to_agent_id = "payer", method = "delegate", intent = "pay all of it", payload = new { amount = 25000 } })).Decides("REQUIRE_APPROVAL");
        var path = $"/api/approvals/{asked["approval_id"]}/approve";
        (await tenant.Admin.Post(path, new { body = new { to_agent_id = "thief", intent = "pay half", payload = new { amount = 12500 } } })).IsProblem(422, "EDIT_REFUSED");
        (await tenant.Admin.Post(path, new { body = new { to_agent_id = "payer", amount = 12500 } })).IsProblem(422, "EDIT_REFUSED");
        (await tenant.Admin.Post(path, new { body = new { to_agent_id = "payer", intent = "pay half", payload = new { amount = 12500 } } })).Is(200);
        var redeemed = (await agent.Post($"/v1/approvals/{asked["approval_id"]}/redeem")).Is(200);
        Assert.Equal(("SANITIZE", """{"to_agent_id":"payer","intent":"pay half","payload":{"amount":12500}}"""), (redeemed["decision"], redeemed["sanitized_body"]));
    }

    static async Task<string> Pending(TestTenant tenant)
    {
        for (var tries = 0; ; tries++)
        {
            var items = (await tenant.Admin.Get("/api/approvals?status=pending")).Is(200).Json.GetProperty("items");
            if (items.GetArrayLength() > 0 || tries == 200)
                return items[0].GetProperty("approval_id").GetString()!;
            await Task.Delay(20);
        }
    }

    async Task<(TestTenant Tenant, Caller Agent)> Asking(string modifiers = "")
    {
        var tenant = await TestTenant.Of(one.Product);
        var policy = $$"""{"name":"money","rules":[{"match":{"operations":["transfer_funds"]},"condition":{"body_path_gte":{"path":"$..amount","value":10000} },"action":"REQUIRE_APPROVAL"{{modifiers}}}]}""";
        (await tenant.Admin.Post("/api/policies", JsonSerializer.Deserialize<JsonElement>(policy).GetRawText())).Is(200);
        return (tenant, await tenant.Agent());
    }
}
