using System.Diagnostics;
using Interven.Api.Tests.Running;
using Interven.Console.Tests.Running;
using Microsoft.Playwright;

namespace Interven.Console.Tests;

/// <summary>Whoever starts the product for the first time: from the lines that it prints to a call that a person let through.</summary>
[Collection(UsesBank.Name), Trait("Category", "Slow")]
public sealed class FirstRunTests(Bank bank)
{
    [Fact]
    public async Task From_the_printed_password_over_the_snippet_to_a_call_approved_with_the_keyboard()
    {
        await using var product = await Product.Start();
        await using var visitor = await bank.Visit(product: product);
        await SignIn(visitor, product);
        await visitor.Page.Locator(".side-link", new() { HasText = "Setup" }).ClickAsync();
        await visitor.Button("Apply").ClickAsync();
        await visitor.Sees("policies are on");
        await visitor.Button("Mint").ClickAsync();
        await visitor.Sees("Your key is ready.");
        await visitor.Sees("Listening.");
        await visitor.Page.EvaluateAsync("window.notReloaded = true");
        var snippet = await visitor.Page.Locator(".snippet pre").InnerTextAsync();
        Assert.Contains("\"decision\"", await Bash(snippet), StringComparison.Ordinal);
        await Assertions.Expect(visitor.Page.Locator(".first")).ToContainTextAsync("post_message on slack", new() { Timeout = 15_000 });

        // The line that the first start prints, with its key: whoever minted a key cannot approve its calls as soon as anybody else could.
        var key = await visitor.Page.Locator(".secret-line code").InnerTextAsync();
        var waiting = Bash(snippet.Split("-d '")[0].Replace(key, product.Demo.Token, StringComparison.Ordinal) + """-d '{"method":"POST","url":"https://api.github.com/repos/bank/ledger/pulls/7/reviews","body":{"event":"APPROVE"},"wait_ms":60000}'""");
        await visitor.Page.Keyboard.PressAsync("g");
        await visitor.Page.Keyboard.PressAsync("q");
        await Assertions.Expect(visitor.Page.Locator("tr.chosen")).ToContainTextAsync("review_pull_request", new() { Timeout = 15_000 });
        await visitor.Page.Keyboard.PressAsync("a");
        await Assertions.Expect(visitor.Dialog).ToContainTextAsync("review_pull_request");
        await Assertions.Expect(visitor.Dialog.GetByLabel("Note")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("Release of today");
        await visitor.Page.Keyboard.PressAsync("Control+Enter");
        Assert.Contains("APPROVED_BY_REVIEWER", await waiting, StringComparison.Ordinal);
        Assert.True(await visitor.Page.EvaluateAsync<bool>("window.notReloaded"), "the page was never loaded anew");
        visitor.HasNoComplaints("first run");
    }

    static async Task SignIn(Visitor visitor, Product product)
    {
        var (email, printed) = (product.Printed("INTERVEN_ADMIN_EMAIL")!, product.Printed("INTERVEN_ADMIN_PASSWORD")!);
        await visitor.Open("/");
        await visitor.Page.FillAsync("#email", email);
        await visitor.Page.FillAsync("#password", printed);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        await visitor.Page.Locator("h1").WaitForAsync();
        // Asking who is signed in was answered with 401, which browsers report.
        visitor.ForgetComplaints();
        if (!visitor.Page.Url.Contains("password", StringComparison.Ordinal))
            return;
        await visitor.Page.GetByLabel("The temporary password").FillAsync(printed);
        await visitor.Page.GetByLabel("New password").FillAsync(Bank.Password);
        await visitor.Page.GetByLabel("Once more").FillAsync(Bank.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator(".side").WaitForAsync();
    }

    static async Task<string> Bash(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
