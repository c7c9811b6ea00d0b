using System.Text.Json;
using CsCheck;
using Interven.Engine.Policies;
using Interven.Engine.Risk;

namespace Interven.Engine.Tests.Policies;

/// <summary>Random policies and calls over few words, so that rules meet calls often.</summary>
static class Generated
{
    static readonly Gen<string> Word = Gen.OneOf("a", "b", "ab", "c");

    static readonly Gen<string> Path = Gen.OneOf("$.a", "$..a", "$.b.a", "$..b.*", "$.*", "$..a..b");

    static readonly Gen<string> Confidence = Gen.OneOf("LOW", "MEDIUM", "HIGH");

    static readonly Gen<string> Action = Gen.OneOf("ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY", "OPEN_INCIDENT");

    static readonly Gen<string> Match = Members(
        Texts("tool_name", Gen.OneOf("slack", "git*", "custom_proxy", "*")),
        Texts("operations", Gen.OneOf("post", "pay", "p*", "*", "category:iam", "method:POST")),
        Texts("verbs", Gen.OneOf("READ", "WRITE")),
        Texts("agent_ids", Gen.OneOf("x", "y*")));

    static readonly Gen<string> Flat = Members(
        Texts("has_data_class", Gen.OneOf("PII", "SECRETS")),
        Confidence.Select(word => $"\"has_data_class_min_confidence\":\"{word}\""),
        Texts("has_kind", Gen.OneOf("email", "key")),
        Texts("body_contains_any", Word),
        Texts("body_contains_all", Word),
        Number("gt"), Number("gte"), Number("lt"), Number("lte"),
        Gen.Select(Path, Word, (path, word) => $$"""
            "body_path_equals":{"path":"{{path}}","value":"{{word}}"}
            """),
        Gen.Int[0, 40].Select(size => $"\"body_size_bytes_gt\":{size}"),
        Flag("is_new_destination"), Flag("is_volume_burst"),
        Level("risk_score_gt"), Level("trust_score_lt"));

    static readonly Gen<string> Condition = Gen.Select(Flat, Flat.Array[1, 2], Gen.OneOf("", "any_of", "none_of"), (own, members, group) =>
        group.Length == 0 ? own : $"{own}{(own.Length == 0 ? "" : ",")}\"{group}\":[{string.Join(',', members.Select(member => $"{{{member}}}"))}]");

    public static readonly Gen<string> Rule = Gen.Select(Match, Condition, Action, Gen.Int[1, 3], (match, condition, action, priority) => $$$"""
        {"match":{{{{match}}}},"condition":{{{{condition}}}},"action":"{{{action}}}","priority":{{{priority}}}}
        """);

    static readonly Gen<string> Head = Gen.Select(Gen.Bool, Gen.OneOf("enforce", "enforce", "monitor"), Gen.OneOf("null", "null", "\"production\"", "\"test\""),
        (enabled, mode, env) => $"""
        "enabled":{(enabled ? "true" : "false")},"mode":"{mode}","env_name":{env}
        """);

    public static readonly Gen<StoredPolicy[]> Policies = Gen.Select(Head, Rule.Array[1, 4]).Array[0, 4].Select(policies =>
        policies.Select((policy, place) => Stored($"p{place}", policy.Item1, policy.Item2)).ToArray());

    static readonly Gen<string> Plain = Gen.Recursive<string>((depth, inner) => depth > 2 ? Leaf : Gen.Frequency<string>((2, Leaf), (3, Object(inner))));

    /// <summary>Objects may hold JSON in texts, one layer deep.</summary>
    static readonly Gen<string> Body = Gen.Recursive<string>((depth, inner) =>
        depth > 2 ? Leaf : Gen.Frequency<string>((2, Leaf), (3, Object(inner)), (1, Object(Plain).Select(Quoted))));

    static readonly Gen<AgentFacts> Agent = Gen.Select(Gen.Bool, Gen.Bool, Gen.Double[0, 1], (isNew, burst, trust) =>
        new AgentFacts { NewDestination = isNew, VolumeBurst = burst, Trust = trust });

    static readonly Gen<CallCase> Call = Gen.Select(Gen.OneOf("slack", "github", "custom_proxy"), Gen.OneOf("post", "pay", "get"),
        Gen.OneOf<string?>(null, "pay", "get"), Gen.OneOf<string?>(null, "iam"), Gen.OneOf("GET", "POST"), Gen.OneOf("READ", "WRITE", "ADMIN"),
        (tool, operation, given, category, method, verb) =>
            new CallCase { Tool = tool, Operation = operation, Given = tool == "custom_proxy" ? given : null, Category = category, Method = method, Verb = verb });

    /// <summary>Facts as a function of what the agent's history says, so that the same call can be asked with and without it.</summary>
    public static readonly Gen<(Func<AgentFacts?, CallCase, PolicyFacts> Facts, AgentFacts Agent, CallCase Call)> Calls =
        Gen.Select(Body, Call, Agent, Gen.Select(Gen.OneOf("email/PII", "key/SECRETS"), Confidence).Array[0, 2], Gen.OneOf("x", "y1"), Gen.Double[0, 1],
            (body, call, agent, findings, agentId, risk) => ((Func<AgentFacts?, CallCase, PolicyFacts>)((facts, asked) =>
                RuleCase.Build(body, asked, findings.Select(finding => $"{finding.Item1}/{finding.Item2}"), facts, agentId, risk: risk)), agent, call));

    static Gen<string> Leaf => Gen.OneOf<string>(Word.Select(Quoted), Gen.Int[-5, 5].Select(number => $"{number}"), Gen.Int[-5, 5].Select(number => $"\"{number}\""), Gen.OneOf("null", "true", "[]"));

    public static StoredPolicy Stored(string name, string head, params string[] rules)
    {
        var reading = PolicyReader.Read($$"""{"name":"{{name}}",{{head}},"rules":[{{string.Join(',', rules)}}]}""");
        Assert.Empty(reading.Problems);
        return StoredPolicy.Of(new Guid(name.PadLeft(32, '0').Replace('p', '0')), 1, reading.Document!);
    }

    static Gen<string> Object(Gen<string> value) => Gen.Select(Word, value).Array[0, 3].Select(members =>
        $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    static string Quoted(string text) => JsonSerializer.Serialize(text);

    static Gen<string> Texts(string key, Gen<string> one) => one.Array[1, 2].Select(all => $"\"{key}\":[{string.Join(',', all.Select(Quoted))}]");

    static Gen<string> Number(string comparison) => Gen.Select(Path, Gen.Int[-5, 5], (path, value) => $$"""
        "body_path_{{comparison}}":{"path":"{{path}}","value":{{value}}}
        """);

    static Gen<string> Flag(string key) => Gen.Bool.Select(wanted => $"\"{key}\":{(wanted ? "true" : "false")}");

    static Gen<string> Level(string key) => Gen.OneOf("0.2", "0.5", "0.8").Select(level => $"\"{key}\":{level}");

    /// <summary>Up to three of the keys.</summary>
    static Gen<string> Members(params Gen<string>[] keys) =>
        Gen.Int[0, keys.Length - 1].Array[0, 3].SelectMany(chosen => Joined([.. chosen.Distinct().Select(i => keys[i])]));

    static Gen<string> Joined(Gen<string>[] parts) =>
        parts.Aggregate(Gen.Const(""), (all, part) => Gen.Select(all, part, (one, other) => one.Length == 0 ? other : $"{one},{other}"));
}
