using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Callers that are cut off in the middle of a wait leave nothing behind.</summary>
[Collection(UsesProduct.Name)]
public class HangUpTests(OneProduct one)
{
    const int Callers = 60;

    [Fact]
    public async Task Connections_that_are_reset_while_they_wait_leave_no_waiter_and_take_no_use()
    {
        var tenant = await TestTenant.Of(one.Product);
        (await tenant.Admin.Post("/api/policies", """{"name":"ask","rules":[{"match":{"operations":["pay_out"]},"action":"REQUIRE_APPROVAL"}]}""")).Is(200);
        var agent = await tenant.Agent();
        var call = JsonSerializer.Serialize(new { method = "POST", url = "https://pay.example/pay-out", body = new { amount = 1 }, wait_ms = 60_000 });
        var spelt = call.Replace("wait_ms", "wait\\u005fms", StringComparison.Ordinal);
        var approval = (await agent.Scan(new { amount = 1 }, "https://pay.example/pay-out")).Decides("REQUIRE_APPROVAL")["approval_id"];
        var sockets = new List<Socket>();
        for (var i = 0; i < Callers; i++)
            sockets.Add(await Send((i % 3) switch
            {
                0 => $"POST /v1/scan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {agent.Token}\r\nContent-Length: {call.Length}\r\n\r\n{call}",
                1 => $"POST /v1/scan HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {agent.Token}\r\nContent-Length: {spelt.Length}\r\n\r\n{spelt}",
                _ => $"GET /v1/approvals/{approval}/status?wait=60 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {agent.Token}\r\n\r\n",
            }));
        await Waiting(tenant, approval, Callers);
        foreach (var socket in sockets)
        {
            socket.LingerState = new(true, 0);
            socket.Dispose();
        }
        await Waiting(tenant, approval, 0);
        Assert.Equal("pending", (await tenant.Admin.Get("/api/approvals/" + approval)).Is(200)["status"]);
        (await tenant.Admin.Post($"/api/approvals/{approval}/approve")).Is(200);
        (await agent.Post($"/v1/approvals/{approval}/redeem")).Is(200);
    }

    static async Task Waiting(TestTenant tenant, string approval, int wanted)
    {
        var (now, tries) = (-1, 0);
        while ((now = (await tenant.Admin.Get("/api/approvals/" + approval)).Is(200).Json.GetProperty("waiting").GetInt32()) != wanted)
        {
            Assert.True(++tries < 600, $"{now} wait, not {wanted}");
            await Task.Delay(50);
        }
    }

    async Task<Socket> Send(string request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, one.Product.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }
}
