using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>What a reviewer sees of a paused call and can do with it.</summary>
[Collection(UsesProduct.Name)]
public class ReviewTests(OneProduct one)
{
    const string Pay = "https://pay.example/v1/transfer-funds";

    [Fact]
    public async Task A_reviewer_sees_what_will_happen_and_why_it_was_stopped_but_nothing_that_was_found()
    {
        var (tenant, agent) = await Asking();
        const string Card = "4539148803436467";
        var asked = (await agent.Scan(new { to = "ACME Logistics", amount = 25000, memo = $"card {Card}" }, Pay)).Decides("REQUIRE_APPROVAL");
        var text = (await tenant.Admin.Get("/api/approvals/" + asked["approval_id"])).Is(200);
        Assert.DoesNotContain(Card, text.Text, StringComparison.Ordinal);
        Assert.Equal("transfer_funds to ACME Logistics: amount 25,000", text["sentence"]);
        Assert.Equal("treasury", text["escalate_to"]);
        Assert.Equal(16, text["call_hash"].Length);
        var review = text.Json.GetProperty("review");
        Assert.Equal(25000, review.GetProperty("body").GetProperty("amount").GetInt32());
        Assert.Contains("[REDACTED:CREDIT_CARD]", review.GetProperty("body").GetProperty("memo").GetString(), StringComparison.Ordinal);
        Assert.Equal("money", review.GetProperty("policy_name").GetString());
        Assert.Equal("HIGH_VALUE", review.GetProperty("reason_codes")[0].GetString());
        Assert.Contains(review.GetProperty("findings").EnumerateArray(), found => found.GetProperty("path").GetString() == "$.memo");
        Assert.Equal(1, review.GetProperty("agent_last_day").GetProperty("require_approval").GetInt32());
        Assert.Empty(review.GetProperty("earlier").EnumerateArray());
        Assert.True(review.GetProperty("can_approve").GetBoolean());
        Assert.True(review.GetProperty("separation_not_enforced").GetBoolean());
    }

    [Fact]
    public async Task Earlier_decisions_on_the_same_agent_and_operation_are_shown_with_their_notes()
    {
        var (tenant, agent) = await Asking();
        var first = (await agent.Scan(new { to = "ACME", amount = 10001 }, Pay)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{first["approval_id"]}/deny", new { note = "unknown vendor" })).Is(200);
        var second = (await agent.Scan(new { to = "ACME", amount = 10002 }, Pay)).Decides("REQUIRE_APPROVAL");
        var earlier = Assert.Single((await tenant.Admin.Get("/api/approvals/" + second["approval_id"])).Is(200).Json.GetProperty("review").GetProperty("earlier").EnumerateArray());
        Assert.Equal(("denied", "unknown vendor"), (earlier.GetProperty("status").GetString(), earlier.GetProperty("note").GetString()));
        Assert.StartsWith("service account ", earlier.GetProperty("decided_by_name").GetString(), StringComparison.Ordinal);
        var denied = (await tenant.Admin.Get("/api/approvals/" + first["approval_id"])).Is(200);
        Assert.StartsWith("service account ", denied["decided_by_name"], StringComparison.Ordinal);
        Assert.StartsWith("service account ", denied.Json.GetProperty("votes")[0].GetProperty("by_name").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_is_filtered_and_paged()
    {
        var (tenant, agent) = await Asking();
        for (var n = 0; n < 5; n++)
            (await agent.Scan(new { to = "ACME", amount = 20000 + n }, Pay)).Decides("REQUIRE_APPROVAL");
        Assert.Equal(5, await Count(tenant, "status=pending"));
        Assert.Equal(5, await Count(tenant, "tool=custom_proxy"));
        Assert.Equal(0, await Count(tenant, "tool=slack"));
        Assert.Equal(0, await Count(tenant, "agent=nobody"));
        Assert.Equal(0, await Count(tenant, "granted=true"));
        Assert.Equal(0, await Count(tenant, "status=denied"));
        var page = (await tenant.Admin.Get("/api/approvals?limit=2")).Is(200);
        Assert.Equal("transfer_funds to ACME: amount 20,004", page.Json.GetProperty("items")[0].GetProperty("sentence").GetString());
        Assert.Equal(2, await Count(tenant, "limit=2&cursor=" + page["next_cursor"]));
        foreach (var bad in (string[])["status=maybe", "granted=yes", "limit=0", "limit=501", "cursor=x"])
            Assert.Equal([bad.Split('=')[0]], (await tenant.Admin.Get("/api/approvals?" + bad)).IsProblem(400).ErrorPaths);
    }

    [Fact]
    public async Task Many_are_decided_at_once_each_with_a_result_of_its_own()
    {
        var (tenant, agent) = await Asking();
        var ids = new List<string>();
        for (var n = 0; n < 3; n++)
            ids.Add((await agent.Scan(new { to = "ACME", amount = 30000 + n }, Pay)).Decides("REQUIRE_APPROVAL")["approval_id"]);
        (await tenant.Admin.Post($"/api/approvals/{ids[1]}/approve")).Is(200);
        var foreign = Guid.CreateVersion7().ToString();
        var results = (await tenant.Admin.Post("/api/approvals/bulk", new { ids = ids.Append(foreign), decision = "deny", note = "not today" })).Is(200).Json.GetProperty("results");
        Assert.Equal(["denied", "approved", "denied", ""], results.EnumerateArray().Select(result => result.GetProperty("status").ToString()));
        Assert.Equal(["", "ALREADY_DECIDED", "", "NOT_FOUND"], results.EnumerateArray().Select(result => result.GetProperty("refused").ToString()));
        Assert.Equal("not today", (await tenant.Admin.Get("/api/approvals/" + ids[0])).Is(200)["note"]);
        Assert.Equal(["$.decision", "$.ids"], (await tenant.Admin.Post("/api/approvals/bulk", new { ids = Array.Empty<string>(), decision = "defer" })).IsProblem(400).ErrorPaths.Order());
    }

    [Fact]
    public async Task Only_members_of_the_group_approve_and_a_change_of_members_counts_at_once()
    {
        var (tenant, agent) = await Asking(""","approver_group":"treasury" """);
        var asked = (await agent.Scan(new { to = "ACME", amount = 40000 }, Pay)).Decides("REQUIRE_APPROVAL");
        var path = "/api/approvals/" + asked["approval_id"];
        (await tenant.Admin.Post(path + "/approve")).IsProblem(403, "NOT_ELIGIBLE");
        Assert.Equal("NOT_ELIGIBLE", (await tenant.Admin.Get(path)).Is(200).Json.GetProperty("review").GetProperty("cannot_approve_reason").GetString());
        var group = (await tenant.Admin.Post("/api/approver-groups", new { name = "treasury", members = new[] { "user/somebody" } })).Is(201);
        (await tenant.Admin.Post("/api/approver-groups", new { name = "treasury", members = new[] { "user/else" } })).IsProblem(409, "CONFLICT");
        (await tenant.Admin.Post(path + "/approve")).IsProblem(403, "NOT_ELIGIBLE");
        var me = "service_account/" + (Contracts.KeyFormat.TryParse(tenant.Admin.Token, out var parsed) ? parsed.Id : "");
        (await tenant.Admin.Send(HttpMethod.Put, "/api/approver-groups/" + group["group_id"], new { name = "treasury", members = new[] { me } })).Is(200);
        Assert.Equal("approved", (await tenant.Admin.Post(path + "/approve")).Is(200)["status"]);
        (await tenant.Admin.Send(HttpMethod.Delete, "/api/approver-groups/" + group["group_id"], null)).Is(204);
        Assert.Empty((await tenant.Admin.Get("/api/approver-groups")).Is(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_revoked_grant_permits_nothing_any_more()
    {
        var (tenant, agent) = await Asking();
        var asked = (await agent.Scan(new { to = "ACME", amount = 50000 }, Pay)).Decides("REQUIRE_APPROVAL");
        (await tenant.Admin.Post($"/api/approvals/{asked["approval_id"]}/approve")).Is(200);
        var grant = Assert.Single((await tenant.Admin.Get("/api/grants")).Is(200).Json.GetProperty("items").EnumerateArray());
        Assert.Equal((asked["approval_id"], 1), (grant.GetProperty("approval_id").GetString(), grant.GetProperty("uses_left").GetInt32()));
        var (other, _) = await Asking();
        (await other.Admin.Post($"/api/grants/{asked["approval_id"]}/revoke")).IsProblem(404);
        (await tenant.Admin.Post($"/api/grants/{asked["approval_id"]}/revoke")).Is(204);
        (await tenant.Admin.Post($"/api/grants/{asked["approval_id"]}/revoke")).IsProblem(404);
        (await agent.Post($"/v1/approvals/{asked["approval_id"]}/redeem")).IsProblem(409, "GRANT_EXPIRED");
        Assert.NotEqual(asked["approval_id"], (await agent.Scan(new { to = "ACME", amount = 50000 }, Pay)).Decides("REQUIRE_APPROVAL")["approval_id"]);
        Assert.Empty((await tenant.Admin.Get("/api/grants")).Is(200).Json.GetProperty("items").EnumerateArray());
    }

    static async Task<int> Count(TestTenant tenant, string query) =>
        (await tenant.Admin.Get("/api/approvals?" + query)).Is(200).Json.GetProperty("items").GetArrayLength();

    async Task<(TestTenant Tenant, Caller Agent)> Asking(string modifiers = "")
    {
        var tenant = await TestTenant.Of(one.Product);
        var policy = $$"""
            {"name":"money","rules":[{"rule_id":"big","match":{"operations":["transfer_funds"]},"condition":{"body_path_gte":{"path":"$..amount","value":10000} },
             "action":"REQUIRE_APPROVAL","reason_code":"HIGH_VALUE","escalate_to":"treasury"{{modifiers}}}]}
            """;
        (await tenant.Admin.Post("/api/policies", JsonSerializer.Deserialize<JsonElement>(policy).GetRawText())).Is(200);
        return (tenant, await tenant.Agent());
    }
}
