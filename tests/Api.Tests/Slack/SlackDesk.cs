using System.Text.Json;
using System.Text.Json.Nodes;
using Interven.Api.Tests.Running;
using Interven.FakeSlack;
using Interven.Storage.Tests.Harness;

namespace Interven.Api.Tests.Slack;

/// <summary>A product that may call loopback, and a workspace for it.</summary>
public sealed class SlackPlace : IAsyncLifetime
{
    static int count;

    public Product Product { get; private set; } = null!;
    public Workspace Slack { get; private set; } = null!;

    public static (string, string)[] SettingsFor(Workspace slack) =>
    [
        ("Interven__Egress__AllowPrivate__0", "127.0.0.0/8"), ("Interven__Egress__TimeoutSeconds", "3"), ("Interven__Slack__ResponseHosts__0", "127.0.0.1"), ("Interven__Slack__ApiUrl", slack.Url + "/api/"),
    ];

    public async Task InitializeAsync()
    {
        Slack = await Workspace.Start();
        Product = await Product.Start(null, SettingsFor(Slack));
        Slack.Options.InteractionsUrl = $"http://127.0.0.1:{Product.Port}/v1/slack/interactions";
    }

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await Slack.DisposeAsync();
    }

    /// <summary>A tenant with a policy that asks, an agent, and a Slack channel with a webhook of its own.</summary>
    /// <param name="settings">JSON over the usual settings of the channel.</param>
    /// <param name="modifiers">More members of the rule that asks.</param>
    public Task<Desk> Desk(string settings = "{}", string modifiers = "") => DeskOn(Product, Slack, settings, modifiers);

    public static async Task<Desk> DeskOn(Product product, Workspace slack, string settings = "{}", string modifiers = "")
    {
        var tenant = await TestTenant.Of(product);
        (await tenant.Admin.Post("/api/policies", $$"""{"name":"ask","rules":[{"match":{"operations":["transfer_funds"]},"action":"REQUIRE_APPROVAL","reason_code":"HIGH_VALUE"{{modifiers}}}]}""")).Is(200);
        (await tenant.Admin.Post("/api/policies", """{"name":"no","rules":[{"match":{"operations":["wipe"]},"action":"DENY","reason_code":"NEVER"}]}""")).Is(200);
        var hook = $"B{Interlocked.Increment(ref count):000}";
        var channel = (await tenant.Admin.Post("/api/alerts", Request(slack, hook, settings))).Is(201);
        return new(product, slack, tenant, await tenant.Agent(), channel["id"], hook);
    }

    public static string Request(Workspace slack, string hook, string settings)
    {
        var request = new JsonObject { ["type"] = "slack", ["name"] = "desk " + hook, ["webhook_url"] = slack.Webhook(hook), ["signing_secret"] = slack.Options.SigningSecret };
        foreach (var (name, value) in JsonNode.Parse(settings)!.AsObject())
            request[name] = value?.DeepClone();
        return request.ToJsonString();
    }
}

[CollectionDefinition(Name)]
public sealed class UsesSlack : ICollectionFixture<SlackPlace>
{
    public const string Name = "slack";
}

/// <summary>One tenant's channel and whoever stands around it.</summary>
public sealed record Desk(Product Product, Workspace Slack, TestTenant Tenant, Caller Agent, string Channel, string Hook)
{
    static int amounts = 1000;

    /// <summary>A call that needs approval, each another one.</summary>
    public Task<Answer> Ask(int waitMs = 0, string more = "") => Agent.Post("/v1/scan",
        $$"""{"method":"POST","url":"https://pay.example/v1/transfer-funds","wait_ms":{{waitMs}},"body":{"amount":{{Interlocked.Increment(ref amounts)}},"to":"ACME Logistics"{{more}} } }""");

    public IReadOnlyList<Posted> Posts => [.. Slack.Messages.Where(message => message.Place == Hook)];

    /// <summary>The card of an approval, when it has come.</summary>
    public async Task<Posted> Card(string approval)
    {
        Posted? card = null;
        await Eventually.Is(() => Task.FromResult((card = Posts.FirstOrDefault(post => post.Buttons.Any(button => Concerns(button.Value, approval)))) is not null), $"a card of {approval} comes");
        return card!;
    }

    public async Task<(string Approval, Posted Card)> AskForCard(string more = "")
    {
        var asked = (await Ask(more: more)).Decides("REQUIRE_APPROVAL");
        return (asked["approval_id"], await Card(asked["approval_id"]));
    }

    public async Task<Answer> Approval(string id) => (await Tenant.Admin.Get("/api/approvals/" + id)).Is(200);

    public async Task<string> Status(string id) => (await Approval(id))["status"];

    public async Task<IReadOnlyList<JsonElement>> Deliveries() =>
        [.. (await Tenant.Admin.Get($"/api/alerts/{Channel}/deliveries?limit=500")).Is(200).Json.GetProperty("items").EnumerateArray()];

    static bool Concerns(string? value, string approval) => value?.StartsWith(Guid.Parse(approval).ToString("N"), StringComparison.Ordinal) == true;
}
