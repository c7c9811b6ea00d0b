using System.Text;
using Interven.Engine.Approvals;

namespace Interven.Engine.Tests.Approvals;

/// <summary>What a reviewer may make of a hand-over: another message to the same agent.</summary>
public class EditedHandoverTests
{
    const string Sent = """{"from_agent_id":"a","to_agent_id":"0192b0c0-0000-7000-8000-000000000001:b","method":"delegate","intent":"all of it","payload":{"amount":2.50},"env":"test"}""";

    [Theory]
    [InlineData("""{"to_agent_id":"b","intent":"half","payload":{"amount":1.250}}""", """{"from_agent_id":"a","to_agent_id":"0192b0c0-0000-7000-8000-000000000001:b","method":"delegate","env":"test","intent":"half","payload":{"amount":1.250}}""")]
    [InlineData("""{"payload":[],"to_agent_id":"b"}""", """{"from_agent_id":"a","to_agent_id":"0192b0c0-0000-7000-8000-000000000001:b","method":"delegate","env":"test","payload":[]}""")]
    [InlineData("""{"to_agent_id":"c","intent":"half"}""", null)]
    [InlineData("""{"intent":"half"}""", null)]
    [InlineData("""{"to_agent_id":"b","method":"delete"}""", null)]
    [InlineData("""["b"]""", null)]
    [InlineData("not JSON", null)]
    public void Only_the_message_can_be_another(string body, string? want)
    {
        var edited = EditedHandover.WithBody(Encoding.UTF8.GetBytes(Sent), Encoding.UTF8.GetBytes(body));
        Assert.Equal(want, edited is null ? null : Encoding.UTF8.GetString(edited));
    }
}
