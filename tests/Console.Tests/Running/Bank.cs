using System.Text.Json;
using Interven.Api.Tests.Running;
using Microsoft.Playwright;

// One at a time: the tests share a machine with the product and the browser.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Interven.Console.Tests.Running;

/// <summary>The real product with a bank's data in it, and a real browser before it.</summary>
public sealed class Bank : IAsyncLifetime
{
    public const string Admin = "anna@bank.example", Password = "correct horse battery staple";
    IPlaywright playwright = null!;
    IBrowser browser = null!;

    public Product Product { get; private set; } = null!;

    /// <summary>An agent's key with every scope.</summary>
    public Caller Agent => Product.Demo;

    public Caller Operator => Product.Operator;

    /// <summary>E-mail addresses and passwords of one person for each other role.</summary>
    public Dictionary<string, string> People { get; } = [];

    public string PolicyId { get; private set; } = "";
    public string DeniedTrace { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Product = await Product.Start(null, ("INTERVEN_ADMIN_EMAIL", Admin), ("INTERVEN_ADMIN_PASSWORD", Password));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        await Seed();
    }

    public async Task DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
        await Product.DisposeAsync();
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

    public async Task<Visitor> Visit(int width = 1280, string scheme = "light")
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = $"http://127.0.0.1:{Product.Port}",
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
        (await Operator.Post("/api/policies", """{"name":"Claims are settled by people","rules":[{"match":{"operations":["settle_claim"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        PolicyId = (await Operator.Post("/api/policies", """
            {"name":"Approval for high-value transfers","rules":[{"rule_id":"big-money","match":{"operations":["transfer_funds"]},
             "condition":{"body_path_gte":{"path":"$..amount","value":10000}},"action":"REQUIRE_APPROVAL","reason_code":"HIGH_VALUE"}]}
            """)).Is(200)["policy_id"];
        for (var i = 0; i < 6; i++)
        {
            await Agent.Scan(new { channel = "#ops", text = $"Batch {i} is done" });
            await Agent.Scan(new { channel = "#ops", text = $"Write to jane{i}@example.org about it" });
        }
        DeniedTrace = (await Agent.Scan(new { channel = "#ops", text = "key ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a" }))["trace_id"];
        (await Pay(25_000)).Is(200);
        (await Pay(48_000, "Northwind GmbH")).Is(200);
        foreach (var role in (string[])["auditor", "reviewer"])
            await Invite(role);
    }

    async Task Invite(string role)
    {
        var email = $"{role}@bank.example";
        var invited = (await Operator.Post("/api/users", new { email, role })).Is(201);
        using var own = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = Product.Http.BaseAddress };
        using var login = await own.PostAsync("/api/auth/login", Json(new { email, password = invited["temporary_password"] }));
        login.EnsureSuccessStatusCode();
        var csrf = login.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("interven_csrf=", StringComparison.Ordinal)).Split('=', ';')[1];
        using var change = new HttpRequestMessage(HttpMethod.Post, "/api/auth/password") { Content = Json(new { current = invited["temporary_password"], @new = Password }) };
        change.Headers.Add("X-Interven-CSRF", csrf);
        using var changed = await own.SendAsync(change);
        changed.EnsureSuccessStatusCode();
        People[role] = email;
    }

    static StringContent Json(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}

[CollectionDefinition(Name)]
public sealed class UsesBank : ICollectionFixture<Bank>
{
    public const string Name = "bank";
}
