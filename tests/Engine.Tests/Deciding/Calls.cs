using System.Text;
using System.Text.Json;
using CsCheck;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Deciding;

/// <summary>Calls full of sensitive data in every disguise, and the real stages to decide them.</summary>
static class Calls
{
    /// <summary>What is planted, and the part of it that must be seen nowhere afterwards.</summary>
    public static readonly (string Text, string Core)[] Planted =
    [
        ("paid by card 4539 1488 0343 6467 today", "4539 1488 0343 6467"),
        ("write to jane.roe@customer-bank.com soon", "jane.roe"),
        ("her SSN is 536-22-8726 on file", "536-22-8726"),
        ("IBAN DE89 3704 0044 0532 0130 00 of hers", "0440532013000"),
        ("use sk_live_51Hq8ZtK2mXv9RbN4cLw7YpD3 here", "51Hq8ZtK2mXv9RbN4cLw7YpD3"),
        ("use 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 here", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6"),
        ("key id AKIAQ7R2MXV5TBN4CLW7 is new", "AKIAQ7R2MXV5TBN4CLW7"),
        ("call +1 415 555 2671 before noon", "415 555 2671"),
        ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw"),
        ("INTERNAL ONLY: the Harbour covenant is breached", "Harbour covenant"),
        ("password: hV9!kq2Lr#8zTw", "hV9!kq2Lr#8zTw"),
    ];

    /// <summary>Markers classify texts, not names and addresses.</summary>
    public const int Memo = 9;

    static readonly string[] Harmless = ["Good morning", "order 20311", "2026-11-22", "[REDACTED:EMAIL_ADDRESS]", "Größe 😀", "{", "\"", "\\", "%", "a=b&c", "", "550e8400-e29b-41d4-a716-446655440000"];

    static readonly string[] Keys = ["text", "note", "channel", "items", "to", "id", "value", "memo", "card", "token_type", "ünï", "a b", "x.y"];

    static readonly Gen<string> Hidden = Gen.Select(Gen.Int[0, Planted.Length - 1], Gen.Int[0, Mask.Names.Count - 1], (what, how) => Mask.Of(Mask.Names[how], Planted[what].Text));

    static readonly Gen<string> Text = Gen.Frequency((2, Hidden), (2, Gen.Int[0, Harmless.Length - 1].Select(at => Harmless[at])), (1, Gen.String[0, 12]));

    static readonly Gen<string> Key = Gen.Frequency((9, Gen.Int[0, Keys.Length - 1].Select(at => Keys[at])), (1, Gen.Int[0, Planted.Length - 1].Where(at => at != Memo).Select(at => Planted[at].Text)));

    /// <summary>A body of any shape.</summary>
    public static readonly Gen<string> Body = Gen.Recursive<object?>((depth, self) =>
    {
        var leaf = Gen.Frequency((8, Text.Select(text => (object?)text)), (1, Gen.Const<object?>(4539148803436467L)), (1, Gen.Const<object?>(true)), (1, Gen.Const(0).Select(_ => (object?)null)));
        return depth > 3 ? leaf : Gen.Frequency((2, leaf), (2, self.Array[0, 4].Select(items => (object?)items)),
            (3, Gen.Select(Key, self).Array[0, 4].Select(pairs => (object?)pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2))));
    }).Select(body => JsonSerializer.Serialize(body));

    public static TenantSnapshot Tenant(params IEnumerable<PolicyDocument> policies) => new()
    {
        Tenant = new(new Guid("01930000-0000-7000-8000-00000000000a")),
        Version = 1,
        Classifier = Detectors.Shared,
        Stages = TenantStages.Of(PolicySet.Compile(policies.Select((policy, i) => StoredPolicy.Of(new Guid(i + 1, 0, 0, new byte[8]), 1, policy))), Detectors.Shared, TenantTools.None, new([])),
        Key = new(new byte[FingerprintKey.Length]),
    };

    public static PolicyDocument Policy(string json) => PolicyReader.Read(json).Document!;

    /// <summary>What is made of a request; null for one that is refused as none.</summary>
    public static (PreparedScan Scan, Verdict Verdict)? Decide(byte[] request, TenantSnapshot tenant)
    {
        if (ScanReader.Read(request).Scan is not { } read)
            return null;
        if (Preparation.Of(read, tenant, new() { KeyId = "k" }) is not PrepareReply.Prepared { Scan: var scan })
        {
            read.Dispose();
            return null;
        }
        scan.Classify();
        return (scan, Pipeline.Decide(scan, new AgentFacts { Trust = 1, Scans = 500 }, DateTimeOffset.UnixEpoch));
    }

    public static byte[] Request(string body, string url = "https://slack.com/api/chat.postMessage", string more = "") =>
        Encoding.UTF8.GetBytes($$"""{"method":"POST","url":{{JsonSerializer.Serialize(url)}}{{more}},"body":{{body}}}""");
}
