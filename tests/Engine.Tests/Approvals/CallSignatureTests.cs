using System.Text;
using CsCheck;
using Interven.Contracts;
using Interven.Engine.Approvals;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;

namespace Interven.Engine.Tests.Approvals;

public class CallSignatureTests
{
    static readonly FingerprintKey Key = new(new byte[32]);
    static readonly SignedParts Parts = new(new(new Guid("0192aaaa-0000-7000-8000-000000000001")), "production", "kyc-bot");

    static readonly ToolCall Call = new()
    {
        Method = "POST", Url = "https://pay.example/v1/transfer", Scheme = "https", Host = "pay.example", Tool = "custom_proxy", Operation = "transfer", Verb = Verb.Write,
    };

    static string Sign(string request, ToolCall? call = null, SignedParts? parts = null, FingerprintKey? key = null)
    {
        using var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(request), out _)!;
        return CallSignature.Of(parts ?? Parts, call ?? Call, tree, tree.Child(0, "body"), tree.Child(0, "headers"), key ?? Key).Hex;
    }

    /// <summary>A value, its tidy spelling, and another spelling of the same value.</summary>
    static readonly Gen<(string One, string Other)> Spellings = Gen.Recursive<(string One, string Other)>((depth, inner) =>
    {
        var text = Gen.String[Gen.Char.AlphaNumeric, 0, 8].Select(s => ($"\"{s}\"", "\"" + string.Concat(s.Select(c => $"\\u{(int)c:x4}")) + "\""));
        var number = Gen.OneOf(new[] { "0", "-1", "1.50", "25000", "9007199254740993", "1e2" }.Select(Gen.Const).ToArray()).Select(n => (n, n));
        var word = Gen.OneOf(new[] { "true", "false", "null" }.Select(Gen.Const).ToArray()).Select(w => (w, w));
        if (depth > 3)
            return Gen.OneOf(text, number, word);
        var array = inner.Array[0, 4].Select(items =>
            ("[" + string.Join(',', items.Select(i => i.One)) + "]", "[ " + string.Join(" ,\n", items.Select(i => i.Other)) + "\t]"));
        var obj = inner.Array[0, 5].Select(items =>
            ("{" + string.Join(',', items.Select((i, n) => $"\"k{n}\":{i.One}")) + "}",
             "{ " + string.Join(" , ", items.Select((i, n) => $"\"\\u006b{n}\" : {i.Other}").Reverse()) + " }"));
        return Gen.OneOf(text, number, word, array, obj);
    });

    [Fact]
    public void Key_order_white_space_and_escapes_never_matter() => Spellings.Sample(value =>
        Assert.Equal(Sign($$"""{"body":{{value.One}}}"""), Sign($$"""{ "body" : {{value.Other}} }""")));

    [Fact]
    public void One_changed_character_always_matters() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 30], Gen.Int[0, 29], Gen.Char.AlphaNumeric).Sample((text, at, c) =>
        {
            at %= text.Length;
            var changed = text[..at] + c + text[(at + 1)..];
            Assert.Equal(changed == text, Sign($$$"""{"body":{"to":"{{{text}}}"}}""") == Sign($$$"""{"body":{"to":"{{{changed}}}"}}"""));
        });

    [Theory]
    [InlineData("""{"body":1}""", """{"body":1.0}""")]
    [InlineData("""{"body":"1"}""", """{"body":1}""")]
    [InlineData("""{"body":null}""", "{}")]
    [InlineData("""{"body":[1,2]}""", """{"body":[2,1]}""")]
    [InlineData("""{"body":{"a":{"b":1}}}""", """{"body":{"a":{},"b":1}}""")]
    [InlineData("""{"body":9007199254740993}""", """{"body":9007199254740992}""")]
    [InlineData("""{"headers":{"X-Mode":"dry-run"}}""", """{"headers":{"X-Mode":"live"}}""")]
    [InlineData("""{"headers":{"X-Mode":"dry-run"}}""", "{}")]
    [InlineData("""{"headers":{"X-A":["b","c"]}}""", """{"headers":{"X-A":"b,c"}}""")]
    public void These_are_different_calls(string one, string other) => Assert.NotEqual(Sign(one), Sign(other));

    [Theory]
    [InlineData("""{"headers":{"Authorization":"Bearer one"}}""", """{"headers":{"authorization":"Bearer two"}}""")]
    [InlineData("""{"headers":{"Authorization":"Bearer one"}}""", "{}")]
    [InlineData("""{"headers":{"X-Mode":"live","Accept":"*/*"}}""", """{"headers":{"accept":"*/*","x-mode":"live"}}""")]
    [InlineData("""{"body":{"b":1,"a":2},"wait_ms":5}""", """{"body":{"a":2,"b":1}}""")]
    public void These_are_the_same_call(string one, string other) => Assert.Equal(Sign(one), Sign(other));

    [Fact]
    public void Every_part_is_bound()
    {
        const string Body = """{"body":{"amount":25000},"headers":{"X-Mode":"live"}}""";
        string[] signatures =
        [
            Sign(Body),
            Sign(Body, Call with { Method = "PUT" }),
            Sign(Body, Call with { Url = "https://pay.example/v1/transfer2" }),
            Sign(Body, Call with { Tool = "stripe" }),
            Sign(Body, Call with { Operation = "transfer_funds" }),
            Sign(Body, Call with { GivenOperation = "create_disbursement" }),
            Sign(Body, parts: Parts with { AgentId = "other" }),
            Sign(Body, parts: Parts with { Environment = "staging" }),
            Sign(Body, parts: Parts with { Tenant = new(new Guid("0192aaaa-0000-7000-8000-000000000002")) }),
            Sign(Body, key: new(Enumerable.Repeat((byte)1, 32).ToArray())),
        ];
        Assert.Equal(signatures.Length, signatures.Distinct().Count());
    }
}
