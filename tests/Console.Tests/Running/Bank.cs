using System.Diagnostics;
using Interven.Api.Tests.Running;
using Interven.Storage.Tests.Harness;
using Microsoft.Playwright;

// One at a time: the tests share a machine with the product and the browser.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Interven.Console.Tests.Running;

/// <summary>The real product with a bank's data in it, and a real browser before it.</summary>
public sealed class Bank : IAsyncLifetime
{
    public const string Admin = "anna@bank.example", Password = "correct horse battery staple";
    string? history;
    IPlaywright playwright = null!;
    IBrowser browser = null!;

    public Product Product { get; private set; } = null!;

    /// <summary>An agent's key with every scope.</summary>
    public Caller Agent { get; private set; } = null!;

    public Caller Operator { get; private set; } = null!;

    /// <summary>E-mail addresses and passwords of one person for each other role.</summary>
    public Dictionary<string, string> People { get; } = [];

    /// <summary>Ids of what the story made, by the names that it gives them.</summary>
    public Dictionary<string, string> Kept { get; private set; } = [];

    /// <summary>Every page, each part of the settings, and one of each thing that has a page of its own.</summary>
    public (string Name, string Path)[] Pages =>
    [
        ("dashboard", "/"), ("activity", "/activity"), ("trace", $"/activity/{DeniedTrace}"), ("approvals", "/approvals"), ("recent", "/approvals?tab=recent"), ("granted", "/approvals?tab=granted"),
        ("approval", $"/approvals/{Kept["waiting"]}"), ("policies", "/policies"), ("policy", $"/policies/{PolicyId}"), ("versions", $"/policies/{PolicyId}/versions"), ("packs", "/policies/packs"),
        ("simulate", "/policies/simulate"), ("incidents", "/incidents"), ("incident", $"/incidents/{Kept["incident"]}"), ("agents", "/agents"), ("agent", "/agents/devops-agent"), ("tools", "/tools"), ("keys", "/keys"),
        ("ephemeral-keys", "/ephemeral-keys"), ("routes", "/inbound-routes"), ("credentials", "/credentials"), ("alerts", "/alerts"), ("audit", "/audit"), ("settings", "/settings"),
        .. ((string[])["incidents", "team", "groups", "sso", "machines", "environments", "detectors", "threat-lists", "retention", "sinks"]).Select(tab => ("settings-" + tab, "/settings?tab=" + tab)),
        ("setup", "/setup"), ("account", "/account"),
    ];

    public string PolicyId { get; private set; } = "";
    public string DeniedTrace { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await StartProduct();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        await Seed();
    }

    public async Task DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await Product.DisposeAsync();
        if (history is not null && Directory.Exists(history))
            Directory.Delete(history, recursive: true);
    }

    /// <summary>With <c>INTERVEN_HISTORY=4000</c> there are so many records of the last day before anything happens: for pictures.</summary>
    async Task StartProduct()
    {
        (string, string)[] settings = [("INTERVEN_ADMIN_EMAIL", Admin), ("INTERVEN_ADMIN_PASSWORD", Password)];
        if (Environment.GetEnvironmentVariable("INTERVEN_HISTORY") is not { Length: > 0 } records)
        {
            Product = await Product.Start(null, settings);
            (Agent, Operator) = (Product.Demo, Product.Operator);
            return;
        }
        history = Path.Combine(Path.GetTempPath(), "interven-" + Guid.CreateVersion7().ToString("N"));
        await using (var first = await Product.Start(history, settings))
        {
            await Eventually.Is(() => Task.FromResult(first.Printed("INTERVEN_ADMIN_TOKEN") is not null), "the first start has printed what it prints");
            (Agent, Operator) = (first.Demo, first.Operator);
        }
        using var fill = Process.Start("dotnet", [Product.Place("Day"), history, records]);
        await fill.WaitForExitAsync();
        Product = await Product.Start(history, settings);
        (Agent, Operator) = (new(Product.Http, Agent.Token), new(Product.Http, Operator.Token));
    }

    /// <summary>A browser of its own, signed in as somebody (the admin, unless told).</summary>
    public async Task<Visitor> SignIn(int width = 1280, string scheme = "light", string email = Admin, string password = Password)
    {
        var visitor = await Visit(width, scheme);
        await visitor.Open("/sign-in");
        await visitor.Page.FillAsync("#email", email);
        await visitor.Page.FillAsync("#password", password);
        await visitor.Page.ClickAsync("button[type=submit]");
        await visitor.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        return visitor;
    }

    /// <summary>A browser of its own before the bank's product, unless told another.</summary>
    public async Task<Visitor> Visit(int width = 1280, string scheme = "light", Product? product = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = $"http://127.0.0.1:{(product ?? Product).Port}",
            ViewportSize = new() { Width = width, Height = width > 800 ? 860 : 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Berlin",
        });
        return new(await context.NewPageAsync(), width, scheme);
    }

    public Task<Answer> Pay(int amount, string to = "ACME Logistics") =>
        Agent.Post("/v1/scan", new { method = "POST", url = "https://pay.corp/v1/transfer-funds", body = new { amount, to }, agent_id = "payments-agent" });

    /// <summary>A call that waits for a person whatever pack has been applied, and whatever the hour.</summary>
    public Task<Answer> Claim(int amount, string to, int waitMs) =>
        Agent.Post("/v1/scan", new { method = "POST", url = "https://claims.corp/v1/settle-claim", body = new { amount, to }, agent_id = "claims-agent", wait_ms = waitMs });

    async Task Seed()
    {
        Kept = await Story.Play(Product, Operator, Agent);
        (PolicyId, DeniedTrace) = (Kept["policy"], Kept["denied"]);
        foreach (var role in (string[])["auditor", "reviewer", "developer"])
            People[role] = await Newcomer.Join(Product, Operator, $"{role}@bank.example", role, Password);
        var (incidents, waiting) = (await Operator.Get("/api/incidents"), await Operator.Get("/api/approvals?status=pending"));
        Kept["incident"] = incidents.Is(200).Json.GetProperty("items")[0].GetProperty("incident_id").GetString()!;
        Kept["waiting"] = waiting.Is(200).Json.GetProperty("items")[0].GetProperty("approval_id").GetString()!;
    }
}

[CollectionDefinition(Name)]
public sealed class UsesBank : ICollectionFixture<Bank>
{
    public const string Name = "bank";
}
