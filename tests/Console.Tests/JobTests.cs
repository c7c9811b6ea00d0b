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
    public async Task A_filter_shows_at_once_and_Back_undoes_it()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Go("/activity");
        await visitor.Button("Pause").ClickAsync();
        await visitor.Page.GetByLabel("Time").SelectOptionAsync("custom");
        await Assertions.Expect(visitor.Page.GetByLabel("From", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Clear")).ToBeVisibleAsync();
        var agent = visitor.Page.GetByLabel("Agent", new() { Exact = true });
        await agent.FillAsync("support-bot");
        await agent.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**agent=support-bot");
        await visitor.Page.GoBackAsync();
        await Assertions.Expect(agent).ToHaveValueAsync("");
        await visitor.Page.GoBackAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("From", new() { Exact = true })).ToHaveCountAsync(0);
        visitor.HasNoComplaints("filters");
    }

    [Fact]
    public async Task A_decision_that_is_not_there_is_said_to_be_not_there()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Go($"/activity/{Guid.Empty}");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
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
    public async Task A_changed_policy_is_not_left_without_a_word()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Go("/policies/new");
        await visitor.Page.Locator(".side-link", new() { HasText = "Activity" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/activity");
        await visitor.Go($"/policies/{bank.PolicyId}");
        await visitor.Page.GetByLabel("Description").FillAsync("Half a thought");
        await visitor.Page.Locator(".side-link", new() { HasText = "Activity" }).ClickAsync();
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Description")).ToHaveValueAsync("Half a thought");
        await visitor.Page.Locator(".side-link", new() { HasText = "Activity" }).ClickAsync();
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/activity");
        visitor.HasNoComplaints("leaving");
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
        await visitor.Page.Locator("tr", new() { HasText = "night batch" }).GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        await visitor.Sees("is ready");
        var successor = (await visitor.Page.Locator(".secret-line code").InnerTextAsync())[..16];
        Assert.DoesNotContain(secret, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        var row = visitor.Page.Locator("tr", new() { HasText = successor });
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(visitor.Dialog).ToContainTextAsync("refused from the moment");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("revoked");
        await Assertions.Expect(visitor.Page.GetByText("is ready")).ToHaveCountAsync(0);
        visitor.HasNoComplaints("keys");
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
        await visitor.Open("/sign-in?error=SSO_REFUSED");
        await visitor.Sees("whether you were invited");
        await visitor.Open("/sign-in?error=%3Cb%3ESend%20money%3C%2Fb%3E");
        await Assertions.Expect(visitor.Page.GetByText("Send money")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_incident_is_opened_from_a_decision_and_worked_on()
    {
        await using var visitor = await bank.SignIn(email: bank.People["reviewer"]);
        await visitor.Open($"/activity/{bank.DeniedTrace}");
        await visitor.Button("Open incident").ClickAsync();
        await visitor.Dialog.GetByLabel("Title").FillAsync("Token on its way to a channel");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/incidents/*");
        await visitor.Sees("Token on its way to a channel");
        await visitor.Button("Investigate").ClickAsync();
        await visitor.Sees("investigating");
        visitor.HasNoComplaints("incident");
    }

    [Fact]
    public async Task A_persons_records_are_counted_before_they_are_erased()
    {
        const string address = "forget.me@customer.example";
        await bank.Agent.Scan(new { channel = "#care", text = $"Write to {address}" });
        await using var visitor = await bank.SignIn();
        await visitor.Open("/settings?tab=retention");
        await visitor.Page.Locator(".erase input").FillAsync(address);
        await visitor.Button("Count records").ClickAsync();
        await Assertions.Expect(visitor.Dialog).ToContainTextAsync("Erases 1 record of this person");
        var erase = visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Erase for good" });
        await Assertions.Expect(erase).ToBeDisabledAsync();
        await visitor.Dialog.GetByRole(AriaRole.Textbox).FillAsync("erase");
        await erase.ClickAsync();
        await visitor.Sees("1 record gone for good");
        await visitor.Button("Prune now").ClickAsync();
        await Assertions.Expect(visitor.Dialog).ToContainTextAsync("deleted for good");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete what is older" }).ClickAsync();
        await visitor.Sees("Pruned.");
        visitor.HasNoComplaints("erasure");
    }

    [Fact]
    public async Task Settings_that_open_incidents_and_threat_lists_are_kept()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open("/settings?tab=incidents");
        await visitor.Page.GetByLabel("Denials", new() { Exact = true }).FillAsync("7");
        await visitor.Button("Save settings").ClickAsync();
        await visitor.Sees("from the next record on");
        Assert.Equal(7, (await bank.Operator.Get("/api/settings")).Is(200).Json.GetProperty("incidents").GetProperty("repeated_deny").GetInt32());
        await visitor.Open("/settings?tab=threat-lists");
        await visitor.Button("Add a list").ClickAsync();
        await visitor.Dialog.GetByLabel("Name").FillAsync("Sanctions desk");
        await visitor.Dialog.GetByLabel("Entries").FillAsync("drop.example\n203.0.113.0/24");
        await visitor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("tr", new() { HasText = "Sanctions desk" })).ToContainTextAsync("2");
        visitor.HasNoComplaints("threat lists");
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/v1/nothing")]
    [InlineData("/nothing")]
    public async Task What_is_no_page_keeps_its_404(string path) => (await bank.Product.Nobody.Get(path)).IsProblem(404, "NOT_FOUND");

    [Theory]
    [InlineData("/aproval", "text/html")]
    [InlineData("/api/nothing", "application/problem+json")]
    [InlineData("/v1/nothing", "application/problem+json")]
    [InlineData("/health/nothing", "application/problem+json")]
    [InlineData("/swagger/nothing", "application/problem+json")]
    public async Task A_browser_at_a_mistyped_address_gets_the_console_and_a_404(string path, string type)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var answer = await bank.Product.Http.SendAsync(asked);
        Assert.Equal((404, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_mistyped_address_is_said_to_be_no_page()
    {
        await using var visitor = await bank.SignIn();
        await visitor.Open("/aproval");
        await visitor.Sees("There is no such page");
    }

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
