using System.Reflection;
using System.Text.Json;
using Microsoft.Playwright;

namespace Interven.Console.Tests.Running;

/// <summary>Somebody at a browser. Whatever the browser complains about is kept.</summary>
public sealed class Visitor : IAsyncDisposable
{
    readonly List<string> complaints = [];
    readonly int width;
    readonly string scheme;

    public Visitor(IPage page, int width, string scheme)
    {
        (Page, this.width, this.scheme) = (page, width, scheme);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add($"{message.Text} {message.Location}");
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public async Task Open(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("h1").First.WaitForAsync(new() { Timeout = 60_000 });
    }

    /// <summary>As a click on a link would: without loading the console anew.</summary>
    public async Task Go(string path)
    {
        await Page.EvaluateAsync("path => { Blazor.navigateTo(path); return new Promise(go => requestAnimationFrame(() => requestAnimationFrame(() => go(0)))); }", path);
        await Page.WaitForURLAsync("**" + path);
        await Page.Locator("h1").First.WaitForAsync();
        await Settled();
    }

    /// <summary>Waits until nothing on the page is still loading.</summary>
    public async Task Settled()
    {
        await Assertions.Expect(Page.Locator(".loading, .boot")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Page.EvaluateAsync("document.fonts.ready");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public Task Sees(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync(new() { Timeout = 15_000 });

    public async Task Shoot(string name)
    {
        var folder = Known("Shots");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png") });
    }

    /// <summary>No violation of WCAG 2.2 A and AA that a machine can find, nothing wider than the screen, no complaint of the browser.</summary>
    public async Task IsFineAt(string place)
    {
        // By evaluation, not by a script element: the page's own policy stays in force.
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Known("Axe")) + ";0");
        var found = await Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
              .map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
            """);
        var violations = found.EnumerateArray().Select(one => one.GetString()).ToList();
        Assert.True(violations.Count == 0, $"{place} at {width}, {scheme}: {string.Join("\n", violations)}");
        var beyond = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(beyond <= 0, $"{place} at {width}, {scheme} is {beyond} px wider than the screen");
        HasNoComplaints(place);
    }

    public void HasNoComplaints(string place) => Assert.True(complaints.Count == 0, $"{place} at {width}, {scheme}: {string.Join("\n", complaints)}");

    /// <summary>An error answer that a test asked for is written to the browser's console too.</summary>
    public void ForgetComplaints() => complaints.Clear();

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    static string Known(string name) => Path.GetFullPath(
        typeof(Visitor).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!);
}
