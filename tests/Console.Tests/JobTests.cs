using Interven.Console.Tests.Running;
using Microsoft.Playwright;

namespace Interven.Console.Tests;

/// <summary>The jobs that people come for, done as they would.</summary>
[Collection(UsesBank.Name)]
public sealed class JobTests(Bank bank)
{
    [Fact]
    public async Task A_newcomer_gets_from_setup_to_the_first_decision_without_a_reload()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open("/setup");
        await visitor.Button("Apply").ClickAsync();
        await visitor.Sees("policies are on");
        await visitor.Button("Mint").ClickAsync();
        await visitor.Sees("Your key is ready.");
        var key = await visitor.Page.Locator(".secret-line code").InnerTextAsync();
        Assert.Contains(key, await visitor.Page.Locator(".snippet pre").InnerTextAsync(), StringComparison.Ordinal);
        await visitor.Sees("Listening.");
        await new Api.Tests.Running.Caller(bank.Product.Http, key).Scan(new { channel = "#ops", text = "Refund for card 4242 4242 4242 4242" });
        await Assertions.Expect(visitor.Page.Locator(".first")).ToContainTextAsync("post_message on slack", new() { Timeout = 15_000 });
        await visitor.Shoot("setup-done");
        visitor.HasNoComplaints("setup");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_waiting_call_goes_on_when_a_person_approves(int width)
    {
        await using var visitor = await bank.SignIn(width);
        var held = bank.Claim(61_000 + width, "Kestrel Freight", waitMs: 60_000);
        await visitor.Open("/approvals");
        var row = visitor.Page.GetByRole(AriaRole.Row, new() { Name = $"61,{(width == 390 ? "390" : "")}" }).Or(visitor.Page.Locator("tr", new() { HasText = "Kestrel Freight" })).First;
        await row.WaitForAsync(new() { Timeout = 15_000 });
        if (width > 800)
        {
            await visitor.Page.Keyboard.PressAsync("a");
            await visitor.Dialog.GetByLabel("Note").FillAsync("Invoice checked");
            await Assertions.Expect(visitor.Dialog).ToContainTextAsync("Kestrel Freight");
        }
        else
            await row.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        (await held).Decides("ALLOW", "APPROVED_BY_REVIEWER");
        visitor.HasNoComplaints("approvals");
    }

    [Fact]
    public async Task What_an_agent_did_appears_in_Activity_by_itself_and_filters_stay_in_the_address()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open("/activity?decision=ALLOW");
        await Assertions.Expect(visitor.Page.Locator(".live.on")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.Equal(0, await visitor.Page.Locator("tbody .chip-deny").CountAsync());
        var first = await visitor.Page.Locator("tbody tr a.name").First.GetAttributeAsync("href");
        await bank.Agent.Scan(new { channel = "#ops", text = "live" });
        await Assertions.Expect(visitor.Page.Locator("tbody tr a.name").First).Not.ToHaveAttributeAsync("href", first!, new() { Timeout = 15_000 });
        await visitor.Page.GetByLabel("Decision").SelectOptionAsync("DENY");
        await visitor.Page.WaitForURLAsync("**/activity?decision=DENY");
        await Assertions.Expect(visitor.Page.Locator("tbody .chip-deny").First).ToBeVisibleAsync();
        await visitor.Page.Locator("tbody tr a.name").First.ClickAsync();
        await visitor.Sees("The agent was told to drop the call.");
        await visitor.Sees("[REDACTED:");
        visitor.HasNoComplaints("activity");
    }

    [Fact]
    public async Task A_policy_is_checked_while_it_is_typed_and_every_version_can_come_back()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open($"/policies/{bank.PolicyId}");
        await visitor.Button("JSON").ClickAsync();
        var editor = visitor.Page.GetByLabel("Policy document");
        var text = await editor.InputValueAsync();
        await editor.FillAsync(text.Replace("transfer_funds", "", StringComparison.Ordinal));
        await visitor.Sees("$.rules[0].match.operations");
        await Assertions.Expect(visitor.Button("Save new version")).ToBeDisabledAsync();
        await editor.FillAsync(text.Replace("10000", "20000", StringComparison.Ordinal));
        await visitor.Sees("Reads well");
        await visitor.Button("Explain this call").ClickAsync();
        await visitor.Sees("big-money");
        await visitor.Button("Save new version").ClickAsync();
        await visitor.Sees("counts everywhere now");
        await visitor.Open($"/policies/{bank.PolicyId}/versions");
        await Assertions.Expect(visitor.Page.Locator(".diff-added")).ToContainTextAsync("20000");
        await visitor.Button("Restore").First.ClickAsync();
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await visitor.Sees("Version 3");
        visitor.HasNoComplaints("policies");
    }

    [Fact]
    public async Task A_key_is_shown_once_and_revoked_with_a_warning()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open("/keys");
        await visitor.Button("Mint a key").ClickAsync();
        await visitor.Dialog.GetByPlaceholder("underwriting agents").FillAsync("night batch");
        await visitor.Dialog.GetByLabel("Allowed addresses").FillAsync("10.0.0.0/8");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Mint" }).ClickAsync();
        var secret = await visitor.Page.Locator(".secret-line code").InnerTextAsync();
        Assert.StartsWith("iv_live_", secret, StringComparison.Ordinal);
        await visitor.Page.ReloadAsync();
        await visitor.Sees("night batch");
        Assert.DoesNotContain(secret, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        var row = visitor.Page.Locator("tr", new() { HasText = "night batch" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(visitor.Dialog).ToContainTextAsync("refused from the moment");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("revoked");
        visitor.HasNoComplaints("keys");
    }

    [Fact]
    public async Task An_auditor_sees_evidence_and_nothing_that_changes_anything()
    {
        await using var visitor = await bank.SignIn(email: bank.People["auditor"]);
        await visitor.Open("/");
        var links = await visitor.Page.Locator(".side-link").AllInnerTextsAsync();
        Assert.Contains("Activity", links);
        Assert.DoesNotContain(links, link => link is "API keys" or "Tool credentials" or "Alerts" or "Setup");
        await visitor.Open("/approvals");
        await visitor.Settled();
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync());
        await visitor.Open($"/policies/{bank.PolicyId}");
        await visitor.Settled();
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Save|Delete|Create") }).CountAsync());
        visitor.HasNoComplaints("auditor");
    }

    [Fact]
    public async Task Wrong_words_at_the_door_say_what_to_do()
    {
        await using var visitor = await bank.Visit();
        await visitor.Open("/sign-in");
        await visitor.Page.FillAsync("#email", Bank.Admin);
        await visitor.Page.FillAsync("#password", "not this one at all");
        await visitor.Page.ClickAsync("button[type=submit]");
        await visitor.Sees("Check e-mail and password");
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/v1/nothing")]
    [InlineData("/nothing")]
    public async Task What_is_no_page_keeps_its_404(string path) => (await bank.Product.Nobody.Get(path)).IsProblem(404, "NOT_FOUND");

    [Fact]
    public async Task The_front_end_serves_every_page_of_the_console()
    {
        var pages = typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), false))
            .Select(route => ((Microsoft.AspNetCore.Components.RouteAttribute)route).Template.Replace("{Id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{Trace:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{Id}", "bot", StringComparison.Ordinal))
            .Where(path => path != "/not-found").ToList();
        Assert.InRange(pages.Count, 10, 100);
        foreach (var page in pages)
        {
            var answer = (await bank.Product.Nobody.Get(page)).Is(200);
            Assert.Contains("<div id=\"app\">", answer.Text, StringComparison.Ordinal);
        }
    }
}
