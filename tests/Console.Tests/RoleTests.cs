using System.Text.RegularExpressions;
using Interven.Console.Tests.Running;
using Microsoft.Playwright;

namespace Interven.Console.Tests;

/// <summary>What stays out of sight: for an auditor whatever changes something, for everybody secrets and other tenants.</summary>
[Collection(UsesBank.Name)]
public sealed partial class RoleTests(Bank bank)
{
    const string Rival = "Rival policy that nobody else sees";

    /// <summary>Whatever can be pressed or written into, outside of filters, by the name that it is read out with.</summary>
    const string Controls = """
        [...document.querySelectorAll('main button:not(:disabled), main input:not(:disabled), main select:not(:disabled), main textarea:not(:disabled)')]
          .filter(one => one.checkVisibility() && !one.closest('[role=search], fieldset:disabled, .evidence') && !one.readOnly)
          .map(one => (one.getAttribute('aria-label') || one.closest('label')?.innerText || one.innerText || one.tagName).replaceAll('\n', ' ').trim())
        """;

    [Fact]
    public async Task An_auditor_sees_evidence_and_nothing_that_changes_anything()
    {
        await using var visitor = await bank.SignIn(email: bank.People["auditor"]);
        await visitor.Open("/");
        var links = await visitor.Page.Locator(".side-link").AllInnerTextsAsync();
        Assert.Contains("Activity", links);
        Assert.DoesNotContain(links, link => link is "API keys" or "Ephemeral keys" or "Tool credentials" or "Alerts" or "Setup");
        var found = new List<string>();
        foreach (var (name, path) in bank.Pages.Where(page => page.Name != "account"))
        {
            await visitor.Go(path);
            found.AddRange((await visitor.Page.EvaluateAsync<string[]>(Controls)).Where(control => !Looks().IsMatch(control)).Select(control => $"{name} lets an auditor: {control}"));
            if (name == "policy")
                await Microsoft.Playwright.Assertions.Expect(visitor.Page.Locator("main fieldset :is(.icon-btn, .keys-add, .rule-add):visible")).ToHaveCountAsync(0);
            if (name is "keys" or "credentials" or "alerts" or "ephemeral-keys")
                await visitor.Sees("Your role does not include this.");
        }
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task No_secret_and_nothing_of_another_tenant_is_in_a_page_or_in_what_it_asks_for()
    {
        var rival = (await bank.Operator.Post("/api/tenants", new { name = "Rival Bank", admin_email = "root@rival.example" })).Is(201);
        using (var person = await Newcomer.Begin(bank.Product, "root@rival.example", rival["temporary_password"], Bank.Password))
            await Newcomer.Send(person, "/api/policies", new { name = Rival, rules = new[] { new { match = new { operations = new[] { "x" } }, action = "DENY" } } });
        string[] never = [.. Story.Secrets, Rival, "root@rival.example", rival["tenant_id"], bank.Agent.Token, bank.Operator.Token];
        await using var visitor = await bank.SignIn();
        await visitor.Settled();
        var (heard, found) = (0, new List<string>());
        visitor.Page.Response += async (_, response) =>
        {
            if (!response.Url.Contains("/api/", StringComparison.Ordinal) || response.Url.EndsWith("/live", StringComparison.Ordinal))
                return;
            var text = await TextOf(response);
            lock (found)
            {
                heard++;
                found.AddRange(never.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{response.Url} carries {secret}"));
            }
        };
        foreach (var (name, path) in bank.Pages)
        {
            await visitor.Go(path);
            var page = await visitor.Page.ContentAsync();
            found.AddRange(never.Where(secret => page.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"page {name} shows {secret}"));
        }
        Assert.True(heard > bank.Pages.Length, $"only {heard} answers were looked at");
        Assert.True(Story.Secrets.Count > 8, "secrets were planted");
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    /// <summary>Empty where there was nothing, or the browser is closing.</summary>
    static async Task<string> TextOf(IResponse response)
    {
        try
        {
            return response.Status is 204 or 304 ? "" : await response.TextAsync();
        }
        catch (PlaywrightException)
        {
            return "";
        }
    }

    /// <summary>What only looks, copies or exports.</summary>
    [GeneratedRegex("^(Pause|Resume|Export.*|Copy.*|Details|Show|Show more|Clear|Open|1 h|24 h|7 days|30 days|Waiting|Recent|Granted|Form|JSON|YAML|General|Incidents|Approver groups|Single sign-on|Environments|Detectors|Threat lists|Retention and erasure|SIEM|[0-9,]+|Try again|Open navigation|Version [0-9]+|curl|LangGraph|JavaScript|Choose a version.*)$")]
    private static partial Regex Looks();
}
