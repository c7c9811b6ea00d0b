using System.Text.Json;
using Interven.Api.Tests.Running;
using Interven.Contracts;
using Microsoft.Extensions.AI;

namespace Interven.Client.Tests;

/// <summary>The .NET client against the running product.</summary>
public class ClientTests : IClassFixture<ClientTests.Running>
{
    readonly Running running;

    public ClientTests(Running running) => this.running = running;

    public sealed class Running : IAsyncLifetime
    {
        public Product Product { get; private set; } = null!;
        public TestTenant Tenant { get; private set; } = null!;
        public IntervenClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Product = await Product.Start();
            Tenant = await TestTenant.Of(Product);
            Client = new(Options((await Tenant.Key()).Caller.Token));
            await Policy("pay_out", "REQUIRE_APPROVAL");
            await Policy("pay_denied", "REQUIRE_APPROVAL");
            await Policy("pay_polled", "REQUIRE_APPROVAL");
            await Policy("pay_unheard", "REQUIRE_APPROVAL");
            await Policy("pay_bill", "REQUIRE_APPROVAL");
            await Policy("wipe_disk", "DENY");
            await Policy("send_note", "SANITIZE");
        }

        public Task DisposeAsync() => Product.DisposeAsync().AsTask();

        public IntervenOptions Options(string key) => new()
        {
            ApiKey = key, GatewayUrl = new($"http://127.0.0.1:{Product.Port}"), AgentId = "net-agent", MaxWait = TimeSpan.FromSeconds(60), FailClosed = true,
        };

        /// <summary>Plays the reviewer: looks into the queue until the call is there, then decides.</summary>
        public async Task Decide(string operation, string verb)
        {
            while (true)
                foreach (var row in (await Tenant.Admin.Get("/api/approvals?status=pending")).Is(200).Json.GetProperty("items").EnumerateArray())
                    if (row.GetProperty("operation").GetString() == operation)
                    {
                        (await Tenant.Admin.Post($"/api/approvals/{row.GetProperty("approval_id").GetString()}/{verb}", new { note = "looked at" })).Is(200);
                        return;
                    }
        }

        async Task Policy(string operation, string action) =>
            (await Tenant.Admin.Post("/api/policies", new { name = $"{action} {operation}", rules = new[] { new { match = new { operations = new[] { operation } }, action } } })).Is(200);
    }

    static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    [Fact]
    public async Task The_decisions_of_the_gateway_come_through()
    {
        var allowed = await running.Client.ScanAsync(new() { Method = "GET", Url = "https://corp.example/ping" });
        Assert.Equal(Decision.Allow, allowed.Decision);
        Assert.NotEmpty(allowed.TraceId);
        var denied = await Assert.ThrowsAsync<DeniedException>(() => running.Client.AuthorizeFunctionAsync("wipe_disk", Json(new { path = "/" })));
        Assert.Equal(Decision.Deny, denied.Decision.Decision);
        var sanitised = await running.Client.AuthorizeFunctionAsync("send_note", Json(new { text = "write to jane.roe@contoso.com" }));
        Assert.DoesNotContain("jane", sanitised.SanitizedBody.ToString(), StringComparison.Ordinal);
        Assert.True(await running.Client.IsHealthyAsync());
    }

    [Fact]
    public async Task An_approved_call_goes_on_and_a_denied_one_does_not()
    {
        var asked = running.Client.AuthorizeFunctionAsync("pay_out", Json(new { amount = 12 }));
        await running.Decide("pay_out", "approve");
        Assert.Contains(ReasonCodes.ApprovedByReviewer, (await asked).ReasonCodes);
        var refused = running.Client.AuthorizeFunctionAsync("pay_denied", Json(new { amount = 12 }));
        await running.Decide("pay_denied", "deny");
        await Assert.ThrowsAsync<DeniedException>(() => refused);
    }

    [Fact]
    public async Task A_polled_approval_is_used_once()
    {
        var pending = await running.Client.ScanAsync(new() { Method = "POST", Url = "tool://dotnet/pay_polled", Body = Json(new { amount = 77 }) });
        await running.Decide("pay_polled", "approve");
        Assert.Equal(Decision.Allow, (await running.Client.WaitForApprovalAsync(pending, TimeSpan.FromSeconds(30))).Decision);
        await Assert.ThrowsAsync<DeniedException>(() => running.Client.WaitForApprovalAsync(pending, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Nobody_deciding_is_not_a_denial()
    {
        var hasty = new IntervenClient(running.Options((await running.Tenant.Key()).Caller.Token) with { MaxWait = TimeSpan.Zero });
        await Assert.ThrowsAsync<ApprovalExpiredException>(() => hasty.AuthorizeFunctionAsync("pay_unheard", Json(new { amount = 1313 })));
    }

    [Fact]
    public async Task A_wrong_key_and_bad_input_stop_the_call_whatever_the_switch_says()
    {
        foreach (var failClosed in (bool[])[true, false])
        {
            var options = running.Options((await running.Tenant.Key()).Caller.Token) with { FailClosed = failClosed };
            Assert.Equal("INVALID_KEY", (await Assert.ThrowsAsync<RequestException>(() => new IntervenClient(options with { ApiKey = "iv_live_no" }).ScanAsync(new() { Method = "GET", Url = "https://a.example/" }))).Reason);
            Assert.Equal("INVALID_REQUEST", (await Assert.ThrowsAsync<RequestException>(() => new IntervenClient(options).ScanAsync(new() { Method = "GET", Url = "nowhere" }))).Reason);
        }
    }

    [Fact]
    public async Task A_model_s_function_calls_are_asked_for()
    {
        var ran = new List<string>();
        AIFunction[] tools =
        [
            AIFunctionFactory.Create((string path) => ran.Add(path), "wipe_disk"),
            AIFunctionFactory.Create((string text, int copies) => { ran.Add($"{text} x{copies}"); return "sent"; }, "send_note"),
            AIFunctionFactory.Create((int amount) => { ran.Add($"paid {amount}"); return "paid"; }, "pay_bill"),
        ];
        var model = new ScriptedModel(
            new FunctionCallContent("1", "wipe_disk", new Dictionary<string, object?> { ["path"] = "/data" }),
            new FunctionCallContent("2", "send_note", new Dictionary<string, object?> { ["text"] = "ask jane.roe@contoso.com", ["copies"] = 2 }),
            new FunctionCallContent("3", "pay_bill", new Dictionary<string, object?> { ["amount"] = 31 }));
        using var chat = new ChatClientBuilder(model).UseInterven(running.Client).Build();
        var turn = chat.GetResponseAsync("do it", new() { Tools = [.. tools] });
        await running.Decide("pay_bill", "approve");
        await turn;
        Assert.Equal(["ask [REDACTED:EMAIL_ADDRESS] x2", "paid 31"], ran);
        Assert.Contains("Interven stopped", model.Results[0], StringComparison.Ordinal);
        Assert.Equal(["sent", "paid"], model.Results.Skip(1));
    }

    [Fact]
    public async Task A_guarded_function_is_guarded_wherever_it_is_invoked_from()
    {
        var ran = 0;
        var function = AIFunctionFactory.Create((string path) => ran++, "wipe_disk").Guarded(running.Client, OnBlock.Throw);
        await Assert.ThrowsAsync<DeniedException>(() => function.InvokeAsync(new() { ["path"] = "/" }).AsTask());
        Assert.Equal(0, ran);
    }
}
