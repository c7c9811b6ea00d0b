using Interven.Console.Tests.Running;
using Microsoft.Playwright;

namespace Interven.Console.Tests;

/// <summary>Every page, at both widths and in both themes, with a bank's data on it.</summary>
[Collection(UsesBank.Name)]
public sealed class PageTests(Bank bank)
{
    [Fact]
    public Task Every_page_can_be_read_by_everybody() => EachPage(1280, "light");

    [Theory, Trait("Category", "Slow")]
    [InlineData(1280, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public Task And_so_it_can_be_on_a_telephone_and_in_the_dark(int width, string scheme) => EachPage(width, scheme);

    async Task EachPage(int width, string scheme)
    {
        await using var visitor = await bank.SignIn(width, scheme);
        foreach (var (name, path) in bank.Pages)
        {
            await visitor.Go(path);
            await visitor.Shoot(name);
            await visitor.IsFineAt(name);
        }
    }

    [Theory]
    [InlineData("/activity", "Activity · Interven")]
    [InlineData("/keys", "API keys · Interven")]
    [InlineData("/account/password", "Change password · Interven")]
    public async Task A_page_says_in_its_title_which_one_it_is(string path, string title)
    {
        await using var visitor = await bank.SignIn();
        await visitor.Go(path);
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync(title);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Signing_in_can_be_read_by_everybody(int width)
    {
        await using var visitor = await bank.Visit(width);
        await visitor.Open("/sign-in");
        // Asking who is signed in is answered with 401, which browsers report.
        visitor.ForgetComplaints();
        await visitor.Shoot("sign-in");
        await visitor.IsFineAt("sign-in");
    }
}
