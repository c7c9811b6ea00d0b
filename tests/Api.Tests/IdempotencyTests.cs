using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>A request that is sent again under its Idempotency-Key happened once.</summary>
[Collection(UsesProduct.Name)]
public class IdempotencyTests(OneProduct one)
{
    [Fact]
    public async Task A_repeat_gets_the_first_answer_byte_for_byte_and_makes_no_record()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var first = (await agent.Scan("hello", headers: Key("a"))).Is(200);
        var again = (await agent.Scan("hello", headers: Key("a"))).Is(200);
        Assert.Equal(first.Bytes, again.Bytes);
        Assert.Equal(first.Trace, again.Trace);
        Assert.Equal(1, await tenant.ScansUsed());
        Assert.NotEqual(first.Trace, (await agent.Scan("hello", headers: Key("b"))).Is(200).Trace);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_a_conflict()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        (await agent.Scan("hello", headers: Key("a"))).Is(200);
        (await agent.Scan("goodbye", headers: Key("a"))).IsProblem(409, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(1, await tenant.ScansUsed());
    }

    [Fact]
    public async Task Identical_requests_at_the_same_time_are_one_scan()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => agent.Scan("hello", headers: Key("a"))));
        Assert.Single(answers.Select(answer => answer.Is(200).Text).Distinct());
        Assert.Equal(1, await tenant.ScansUsed());
    }

    [Fact]
    public async Task Different_bodies_at_the_same_time_have_one_winner()
    {
        var tenant = await TestTenant.Of(one.Product);
        var agent = await tenant.Agent();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => agent.Scan($"message {number}", headers: Key("a"))));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.IsProblem(409));
        Assert.Equal(1, await tenant.ScansUsed());
    }

    [Fact]
    public async Task The_same_key_of_two_callers_is_two_requests()
    {
        var tenant = await TestTenant.Of(one.Product);
        var (first, second) = (await tenant.Agent(), await tenant.Agent());
        var mine = (await first.Scan("hello", headers: Key("a"))).Is(200);
        var theirs = (await second.Scan("goodbye", headers: Key("a"))).Is(200);
        Assert.NotEqual(mine.Trace, theirs.Trace);
    }

    [Fact]
    public async Task An_ephemeral_key_pays_for_a_repeat_but_once()
    {
        var tenant = await TestTenant.Of(one.Product);
        var parent = await tenant.Agent();
        var key = new Caller(one.Product.Http, (await parent.Post("/v1/keys/ephemeral", new { max_uses = 2 })).Is(201)["key"]);
        var first = (await key.Scan("hello", headers: Key("a"))).Is(200);
        Assert.Equal(first.Bytes, (await key.Scan("hello", headers: Key("a"))).Is(200).Bytes);
        (await key.Scan("other", headers: Key("b"))).Is(200);
        (await key.Scan("third", headers: Key("c"))).IsProblem(401);
        Assert.Equal(first.Bytes, (await key.Scan("hello", headers: Key("a"))).Is(200).Bytes);
    }

    [Fact]
    public async Task A_key_that_is_too_long_empty_or_given_twice_is_refused()
    {
        var agent = await (await TestTenant.Of(one.Product)).Agent();
        (await agent.Scan("hello", headers: Key(new('k', 255)))).Is(200);
        Assert.Equal(["Idempotency-Key"], (await agent.Scan("hello", headers: Key(new('k', 256)))).IsProblem(400).ErrorPaths);
        foreach (var lines in (string[])["Idempotency-Key:", "Idempotency-Key: a\nIdempotency-Key: a"])
        {
            const string Body = """{"method":"GET","url":"https://x.example/"}""";
            var (status, text) = await RawHttp.Exchange(one.Product.Port,
                $"POST /v1/scan HTTP/1.1\nHost: x\nAuthorization: Bearer {agent.Token}\n{lines}\nContent-Length: {Body.Length}\n\n{Body}");
            Assert.Equal(400, status);
            Assert.Contains("Idempotency-Key", text, StringComparison.Ordinal);
        }
    }

    static (string, string) Key(string key) => ("Idempotency-Key", key);
}
